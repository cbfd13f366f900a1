// The bundle loads as VS Code would load it, and VS Code's own protocol library understands the server. FIGLINT is the program.
'use strict';

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const Module = require('node:module');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const protocol = require('vscode-languageserver-protocol/node');

const RULES = `[[rule]]
id    = "carried-out"
find  = "{settled} letters were settled; of these, {done} cases ({rate})"
check = "rate = done / settled"
`;
const REPORT = '信件𝟗: 528 letters were settled; of these, 510 cases (96.5%) were carried out.\n';

/** The bundle, with something in place of each thing that VS Code would give it. */
function extension() {
  const anything = () => new Proxy(class {}, { get: (own, key) => (key in own ? own[key] : anything()) });
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? anything() : load(name, ...rest));
  try {
    return require('./dist/extension.js');
  } finally {
    Module._load = load;
  }
}

async function conversation(folder) {
  const figlint = process.env.FIGLINT || 'figlint';
  const server = spawn(figlint, ['lsp'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const left = new Promise((resolve, reject) => server.on('exit', resolve).on('error', reject));
  const connection = protocol.createProtocolConnection(server.stdout, server.stdin);
  connection.listen();
  const found = new Promise((resolve) => {
    connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
      if (params.diagnostics.length > 0) resolve(params);
    });
  });
  const ready = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
  });
  assert.strictEqual(ready.capabilities.positionEncoding, 'utf-16');
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  const uri = pathToFileURL(path.join(folder, 'letters.md')).href;
  const textDocument = { uri, languageId: 'markdown', version: 1, text: REPORT };
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument });
  const { diagnostics } = await found;
  assert.strictEqual(diagnostics[0].code, 'carried-out');
  const { start, end } = diagnostics[0].range;
  assert.strictEqual(REPORT.slice(start.character, end.character), '96.5%');
  const position = { line: 0, character: start.character + 1 };
  const hover = await connection.sendRequest(protocol.HoverRequest.type, { textDocument: { uri }, position });
  assert.match(hover.contents.value, /96\.5% = 510 cases \/ 528 letters/);
  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.strictEqual(await left, 0);
  connection.dispose();
}

async function main() {
  const { activate, deactivate } = extension();
  assert.strictEqual(typeof activate, 'function');
  assert.strictEqual(typeof deactivate, 'function');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figlint-'));
  try {
    fs.writeFileSync(path.join(folder, 'letters.figlint.toml'), RULES);
    await conversation(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  console.log('all is well');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
