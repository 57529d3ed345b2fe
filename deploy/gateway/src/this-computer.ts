// Which addresses mean the computer itself: what is said there crosses no network.

/** Of an address to listen on, or of the host of a URL. */
export function isOfThisComputer(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '')
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d+){3}$/.test(name)
}

/** Of a `Host` header: without its port. */
export function hostOf(header: string): string {
  return header.replace(/:\d*$/, '')
}
