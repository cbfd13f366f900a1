-- Neovim as a client of the language server: what its user sees and does. FIGLINT is the program, the folder is the current one.
local patience = 30000

local function expect(what, got, wanted)
  if not vim.deep_equal(got, wanted) then
    error(what .. ': ' .. vim.inspect(got) .. ' instead of ' .. vim.inspect(wanted), 2)
  end
end

local function wait_for(what, condition)
  if not vim.wait(patience, condition, 10) then
    error('waited in vain: ' .. what, 2)
  end
end

local client

local function edit(name)
  vim.cmd('edit ' .. name)
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, client)
  return buffer
end

local function request(buffer, method, line, column, context)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local params = vim.lsp.util.make_range_params()
  params.position = params.range.start
  params.context = context
  local answers = vim.lsp.buf_request_sync(buffer, method, params, patience)
  return answers[client].result
end

local function line(buffer, number)
  return vim.api.nvim_buf_get_lines(buffer, number - 1, number, true)[1]
end

local function try()
  client = vim.lsp.start_client { cmd = { vim.env.FIGLINT, 'lsp' }, root_dir = vim.fn.getcwd() }
  local buffer = edit 'letters.md'
  local function found()
    return vim.diagnostic.get(buffer)
  end
  wait_for('the finding', function() return #found() == 1 end)
  local one = found()[1]
  expect('its place', { one.lnum, one.col, one.end_col }, { 2, 59, 64 })
  expect('its rule', one.code, 'carried-out')

  local hover = request(buffer, 'textDocument/hover', 3, 60)
  assert(hover.contents.value:find('96.5% = 510 cases / 528 letters', 1, true), vim.inspect(hover))

  -- Typing, with characters of one, two, three and four bytes, moves the finding with its figure.
  vim.api.nvim_buf_set_text(buffer, 2, 0, 2, 0, { 'é数𝟗', '', '🙂 ' })
  wait_for('the finding in its new line', function() return #found() == 1 and found()[1].lnum == 4 end)
  expect('its new place', { found()[1].col, found()[1].end_col }, { 64, 69 })

  local actions = request(buffer, 'textDocument/codeAction', 5, 65, { diagnostics = {} })
  expect('the first action', actions[1].title, 'Write 96.6%')
  vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
  assert(line(buffer, 5):find('510 cases (96.6%)', 1, true), line(buffer, 5))
  wait_for('no finding', function() return #found() == 0 end)

  local places = request(buffer, 'textDocument/definition', 5, 65)
  vim.lsp.util.jump_to_location(places[1], 'utf-16')
  expect('the rule file', vim.fn.expand '%:t', 'letters.figlint.toml')
  expect('the check', vim.api.nvim_win_get_cursor(0), { 5, 9 })

  -- The rule file is edited, not saved, and counts.
  local rules = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(rules, client)
  vim.api.nvim_buf_set_text(rules, 4, 16, 4, 20, { 'dome' })
  wait_for('the error in the rule', function() return #vim.diagnostic.get(rules) == 1 end)
  expect('its place', vim.diagnostic.get(rules)[1].col, 16)
  vim.api.nvim_buf_set_text(rules, 4, 16, 4, 20, { 'settled' })
  wait_for('a finding by the new rule', function() return #found() == 1 end)
  local items = request(rules, 'textDocument/completion', 5, 12)
  local labels = vim.tbl_map(function(item) return item.label end, items)
  assert(vim.tbl_contains(labels, 'done') and vim.tbl_contains(labels, 'sum'), vim.inspect(labels))

  vim.lsp.stop_client(client)
  wait_for('the end of the server', function() return vim.lsp.get_client_by_id(client) == nil end)
end

local fine, why = xpcall(try, debug.traceback)
io.stdout:write(fine and 'all is well\n' or tostring(why) .. '\n')
vim.cmd(fine and 'qall!' or 'cquit 1')
