//! Has Zed start `figlint lsp`.

use zed_extension_api as zed;

struct Figlint;

impl zed::Extension for Figlint {
    fn new() -> Self {
        Figlint
    }

    fn language_server_command(
        &mut self,
        _: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree.which("figlint").ok_or("figlint is not on PATH")?;
        Ok(zed::Command { command, args: vec!["lsp".into()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Figlint);
