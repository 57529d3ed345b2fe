// Day, night and high contrast: what the editor wears, or what the reader's system asks for.

/** Says it on the root, for the style sheet, now and whenever it changes; then calls `changed`, as a canvas knows no style sheet. */
export function followTheme(changed: () => void): void {
  const night = matchMedia('(prefers-color-scheme: dark)')
  const contrast = matchMedia('(prefers-contrast: more)')
  const tell = () => {
    const { classList } = document.body
    const isEditor = [...classList].some(it => it.startsWith('vscode-'))
    const isLight = classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light')
    const isDark = isEditor ? !isLight : night.matches
    const isStark = isEditor
      ? classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light')
      : contrast.matches
    document.documentElement.classList.toggle('dark', isDark)
    document.documentElement.classList.toggle('stark', isStark)
  }
  const follow = () => {
    tell()
    changed()
  }
  tell()
  for (const it of [night, contrast]) it.addEventListener('change', follow)
  // A change of theme changes the classes, and the variables in the root's style.
  const watch = new MutationObserver(follow)
  watch.observe(document.body, { attributes: true, attributeFilter: ['class'] })
}
