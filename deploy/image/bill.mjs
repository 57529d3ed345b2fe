// What the image is made of: a bill of materials inside of it, and the list of Debian's packages where scanners look for them. Without
// that list a scanner finds no package, hence no fault, and says that all is well.

import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { bill, component, digestOf, licences, shippedIn, shippedModels } from '../release/sbom.mjs'

/**
 * The base stands beside our program and is linked to at run time, unchanged, as everybody gets it from Debian; the sources are
 * there, too. So its licences may ask for more than those of our own packages. A package that is not named here ends the build.
 */
export const BASE_LICENCES = {
  'base-files': 'GPL-2.0-or-later',
  'gcc-12-base': 'GPL-3.0-or-later WITH GCC-exception-3.1',
  libc6: 'LGPL-2.1-or-later',
  'libgcc-s1': 'GPL-3.0-or-later WITH GCC-exception-3.1',
  'libstdc++6': 'GPL-3.0-or-later WITH GCC-exception-3.1',
  // Debian's base-files wants an awk; nothing of ours calls it.
  mawk: 'GPL-2.0-only',
  netbase: 'GPL-2.0-only',
  // Only in the image of operations: what PostgreSQL's own programs are linked against.
  'gcc-14-base': 'GPL-3.0-or-later WITH GCC-exception-3.1',
  'libbz2-1.0': 'bzip2-1.0.6',
  'libcom-err2': 'MIT',
  libcrypt1: 'LGPL-2.1-or-later',
  'libdb5.3t64': 'Sleepycat',
  'libgssapi-krb5-2': 'MIT',
  libk5crypto3: 'MIT',
  libkeyutils1: 'LGPL-2.0-or-later',
  'libkrb5-3': 'MIT',
  libkrb5support0: 'MIT',
  libldap2: 'OLDAP-2.8',
  'liblz4-1': 'BSD-2-Clause',
  libpq5: 'PostgreSQL',
  libreadline8t64: 'GPL-3.0-or-later',
  'libsasl2-2': 'BSD-3-Clause-Attribution',
  'libsasl2-modules-db': 'BSD-3-Clause-Attribution',
  libssl3t64: 'Apache-2.0',
  libtinfo6: 'X11',
  libxxhash0: 'BSD-2-Clause',
  libzstd1: 'BSD-3-Clause',
  'openssl-provider-legacy': 'Apache-2.0',
  'postgresql-client-17': 'PostgreSQL',
  'readline-common': 'GPL-3.0-or-later',
  zlib1g: 'Zlib',
}

/** Name, version and source of what was extracted, read from the change log that every package of Debian carries. */
export function packagesOf(base) {
  const folder = join(base, 'usr/share/doc')
  return readdirSync(folder)
    .sort()
    .map(name => {
      const place = realpathSync(join(folder, name))
      // Packages that are made by Debian alone have no second change log.
      const file = ['changelog.Debian.gz', 'changelog.gz'].find(it => readdirSync(place).includes(it))
      const [, source, version] =
        /^(\S+) \(([^)]+)\)/.exec(gunzipSync(readFileSync(join(place, file))).toString()) ?? []
      if (!version) throw new Error(`${name}: its change log names no version`)
      return { name, version, source }
    })
}

export function writeBill({
  base,
  app,
  architecture,
  node,
  name = 'gateway',
  shipped = ['extension', 'gateway'],
}) {
  const packages = packagesOf(base)
  const stranger = packages.find(it => !BASE_LICENCES[it.name])
  if (stranger) throw new Error(`${stranger.name}: which licence has it? Say so in deploy/image/bill.mjs`)
  writeFileSync(
    join(base, 'var/lib/dpkg/status'),
    packages
      .map(
        it =>
          `Package: ${it.name}\nStatus: install ok installed\nMaintainer: Debian\nArchitecture: ${architecture}\nSource: ${it.source}\nVersion: ${it.version}\n`,
      )
      .join('\n'),
  )
  const components = [
    ...packages.map(it => ({
      ...component(
        'library',
        it.name,
        it.version,
        `pkg:deb/debian/${it.name}@${encodeURIComponent(it.version)}?arch=${architecture}`,
      ),
      licenses: licences(BASE_LICENCES[it.name]),
    })),
    {
      ...component('platform', node.name, node.version, `pkg:npm/${node.name}@${node.version}`),
      licenses: licences('MIT'),
      hashes: [digestOf(node.integrity)],
    },
    ...shippedIn(...shipped),
    ...(name === 'gateway' ? shippedModels() : []),
  ]
  const text = `${JSON.stringify(bill('container', `codeant-${name}`, components), null, 1)}\n`
  writeFileSync(join(app, 'sbom.json'), text)
}
