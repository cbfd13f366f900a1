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

/** Says in the output alone that the server does not start: whoever starts it tells that. */
class Client extends LanguageClient {
  async start() {
    await super.start();
    this.started = true;
  }

  error(message, data, notify) {
    super.error(message, data, this.started ? notify : false);
  }
}

/** @type {Client | undefined} */
let client;

async function start() {
  const command = vscode.workspace.getConfiguration('figlint').get('path') || 'figlint';
  const server = { command, args: ['lsp'] };
  client = new Client('figlint', 'figlint', server, { documentSelector: SELECTOR });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const settings = 'Open Settings';
    const why = `figlint: \`${command} lsp\` does not start (${error instanceof Error ? error.message : error}).`;
    const chosen = await vscode.window.showErrorMessage(`${why} Is it installed, and is figlint.path right?`, settings);
    if (chosen === settings) {
      // Over a network the program stands on the other machine, and so does the setting.
      const of = vscode.env.remoteName ? 'openRemoteSettings' : 'openSettings';
      await vscode.commands.executeCommand(`workbench.action.${of}`, { query: '@id:figlint.path' });
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
