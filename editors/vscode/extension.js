// Starts `figlint lsp` for reports, rule files and figlint.toml, and leaves everything else to it.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

/** What figlint is asked about. It leaves alone what is neither a report nor a rule file. */
const SELECTOR = [
  ...['markdown', 'plaintext', 'html', 'csv', 'tsv'].flatMap((language) => [
    { scheme: 'file', language },
    { scheme: 'untitled', language },
  ]),
  { scheme: 'file', pattern: '**/*.{md,markdown,txt,csv,tsv,html,htm,xhtml}' },
  { scheme: 'file', pattern: '**/*.toml' },
];

/** @type {LanguageClient | undefined} */
let client;

async function start() {
  const command = vscode.workspace.getConfiguration('figlint').get('path') || 'figlint';
  const server = { command, args: ['lsp'] };
  client = new LanguageClient('figlint', 'figlint', server, { documentSelector: SELECTOR });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const settings = 'Open Settings';
    const why = `figlint: \`${command} lsp\` does not start (${error instanceof Error ? error.message : error}).`;
    const chosen = await vscode.window.showErrorMessage(`${why} Is it installed, and is figlint.path right?`, settings);
    if (chosen === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'figlint.path');
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart() {
  await stop();
  await start();
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('figlint.restart', restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('figlint.path')) {
        return restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
