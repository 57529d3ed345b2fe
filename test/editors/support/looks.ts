// How VS Code looks in our pictures: nothing that blinks, nothing that is not about what is shown.

export const LOOKS = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.fontFamily': "'JetBrains Mono', monospace",
  'editor.fontSize': 13,
  'editor.minimap.enabled': false,
  'editor.scrollbar.horizontal': 'hidden',
  'editor.scrollbar.vertical': 'hidden',
  'editor.lightbulb.enabled': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 50,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.stickyScroll.enabled': false,
  'breadcrumbs.enabled': false,
  'window.menuBarVisibility': 'hidden',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'codeant.locale': 'en',
}

/** What only a browser's VS Code has in its status bar. */
export const WITHOUT_BROWSER_ITEMS = `
  [id="status.host"], [id*="keyboardLayout"], [id*="forwardedPorts"], [id*="PortsStatus"] { display: none !important }`
