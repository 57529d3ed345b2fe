// Making what is on the page.

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text = '',
  style = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  made.textContent = text
  if (style) made.className = style
  return made
}

export function button(text: string, press: () => void, style = ''): HTMLButtonElement {
  const made = make('button', text, style)
  made.type = 'button'
  made.addEventListener('click', press)
  return made
}
