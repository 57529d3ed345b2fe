// What `bill.mjs` offers to the tests.

export const BASE_LICENCES: Readonly<Record<string, string>>
export function packagesOf(
  base: string,
): readonly { readonly name: string; readonly version: string; readonly source: string }[]
