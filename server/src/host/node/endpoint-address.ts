// Which addresses may be asked: encrypted ones, or this machine's own, unless the settings say otherwise.

/** A base address, or what is wrong with it. */
export function endpointAddress(text: string, allowHttp: boolean): URL | string {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return `"${text}" is no address such as https://codeant.example.com`
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `${url.protocol} is neither https: nor http:`
  if (url.username || url.password) return 'a key does not belong into the address'
  if (url.protocol === 'http:' && !allowHttp && !isOwn(url.hostname))
    return `${url.origin} is not encrypted; codeant.remote.allowHttp allows it`
  url.search = ''
  url.hash = ''
  // Both are how people write down the same server.
  url.pathname = url.pathname.replace(/\/(?:v1\/?)?$/, '')
  return url
}

function isOwn(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
