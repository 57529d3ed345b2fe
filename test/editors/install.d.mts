// The types of `install.mjs`, which is plain JavaScript because it runs before anything is installed.

export type Editor = 'vscode' | 'chromium' | 'neovim' | 'emacs' | 'fonts'

export class Unavailable extends Error {}

export function provide(editor: Editor): string

export function codeServerNode(): string

export function installAll(): Partial<Record<Editor, string>>
