// Which licence a text grants, as far as it is one that lets us learn from the code; everything else is no licence to us.

export type Licence =
  | 'MIT'
  | 'Apache-2.0'
  | 'BSD-2-Clause'
  | 'BSD-3-Clause'
  | 'ISC'
  | '0BSD'
  | `${string} OR ${string}`

/** A file that says under which terms the folder may be used. */
export const LICENCE_FILE = /(^|\/)(un)?(licen[cs]e|copying)([-._][^/]*)?$/i

/** Words of licences that ask for more than a notice, and of agreements about parts that are for sale. */
const MORE_THAN_NOTICE =
  /\bGNU\b.{0,20}\bPUBLIC LICENSE|\bA?GPL|Mozilla Public License|Commons Clause|Business Source License|Server Side Public License|Elastic License|Enterprise (Edition|License)|Sustainable Use|Functional Source License|Eclipse Public License|Common Development and Distribution/is

/**
 * Undefined when the text is none of the permissive licences, or asks for more where the terms of the whole stand, which is
 * at its beginning; behind them are notices of parts that came from elsewhere.
 */
export function licenceOf(text: string): Licence | undefined {
  const words = text.replace(/[\s*#/"'“”]+/g, ' ').slice(0, TERMS_LENGTH)
  return asksForMore(words) ? undefined : permissive(words)
}

/** All of MIT and BSD and a preface, or the beginning of Apache. */
const TERMS_LENGTH = 2500

/** The text asks for more than a notice. */
export function asksForMore(text: string): boolean {
  return MORE_THAN_NOTICE.test(text)
}

function permissive(words: string): Licence | undefined {
  const granted: Licence[] = []
  if (/Permission is hereby granted, free of charge, to any person obtaining/i.test(words))
    granted.push('MIT')
  if (/Apache License,? Version 2\.0/i.test(words)) granted.push('Apache-2.0')
  if (/Redistribution and use (of this software )?in source and binary forms/i.test(words))
    granted.push(
      /neither the names?\b|may not be used to endorse/i.test(words) ? 'BSD-3-Clause' : 'BSD-2-Clause',
    )
  if (/Permission to use, copy, modify,? and\W{1,3}(or )?distribute this software/i.test(words))
    granted.push(/provided that/i.test(words) ? 'ISC' : '0BSD')
  return granted.length === 0 ? undefined : (granted.sort().join(' OR ') as Licence)
}
