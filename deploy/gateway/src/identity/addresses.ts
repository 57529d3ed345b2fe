// From where somebody calls: addresses, and networks as `10.0.0.0/8` and `2001:db8::/32` name them.

import { BlockList, isIP } from 'node:net'

/** Whether it is an address or a network, and nothing that only looks like one. */
export function isAddressRange(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const kind = isIP(address)
  if (kind === 0) return false
  if (bits === undefined) return true
  // A network around those of IPv4 in the notation of IPv6 would be all of them, or nearly.
  const isMapped = kind === 6 && among(['::ffff:0:0/96'])(address)
  return Number(bits) <= (kind === 4 ? 32 : 128) && !(isMapped && Number(bits) < 96)
}

/** Whether an address lies in one of these. An IPv4 address is the same one in the notation of IPv6, as a socket for both tells it. */
export function among(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const it of ranges) {
    const [base = '', bits] = it.split('/')
    const kind = isIP(base) === 4 ? 'ipv4' : 'ipv6'
    if (bits === undefined) list.addAddress(base, kind)
    else list.addSubnet(base, Number(bits), kind)
  }
  return address => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

export function isAmong(ranges: readonly string[], address: string): boolean {
  return among(ranges)(address)
}
