// Folders inside of folders.

import { dirname, sep } from 'node:path'

/** The innermost folder that holds all of these. */
export function commonFolder(folders: readonly string[]): string {
  let common = folders[0]!
  while (!folders.every(it => isWithin(it, common))) {
    const above = dirname(common)
    if (above === common) break
    common = above
  }
  return common
}

export function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
