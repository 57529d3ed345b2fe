// From where somebody calls: addresses, and networks as `10.0.0.0/8` and `2001:db8::/32` name them.

import { BlockList, isIP } from 'node:net'

/** Whether it is an address or a network, and nothing that only looks like one. */
export function isAddressRange(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const kind = isIP(address)
  return kind !== 0 && (bits === undefined || Number(bits) <= (kind === 4 ? 32 : 128))
}

/** An IPv4 address is the same one in the notation of IPv6, as a socket for both tells it. */
export function isAmong(ranges: readonly string[], address: string): boolean {
  const list = new BlockList()
  for (const it of ranges) {
    const [base = '', bits] = it.split('/')
    const kind = isIP(base) === 4 ? 'ipv4' : 'ipv6'
    if (bits === undefined) list.addAddress(base, kind)
    else list.addSubnet(base, Number(bits), kind)
  }
  return isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}
