// Runs a program of an image as a cluster runs it: nobody's user, no capabilities, nothing of the image to be written to; the network is
// that of this machine.

import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const USER = 10007
/** Layers that are folders work everywhere, also inside of a container. */
const env = { ...process.env, STORAGE_DRIVER: 'vfs' }

/** Why no image can be built and run here; undefined where it can. */
export function whyNoContainer(): string | undefined {
  const missing = ['buildah', 'mmdebstrap', 'runc'].filter(
    it => spawnSync(it, ['--version'], { stdio: 'ignore' }).error,
  )
  if (missing.length > 0) return `there is no ${missing.join(', no ')} here`
  return process.getuid?.() === 0 ? undefined : 'only root can make a container without a daemon'
}

export function buildah(...given: string[]): string {
  return execFileSync('buildah', given, { encoding: 'utf8', env }).trim()
}

export interface Run {
  /** Empty; what the container needs is made in it. */
  readonly folder: string
  /** Where the image is mounted. */
  readonly image: string
  readonly args: readonly string[]
  readonly env: readonly string[]
  /** Folders of this machine, by where they are seen inside; it may write to them. */
  readonly volumes: Readonly<Record<string, string>>
}

export function runToItsEnd({ folder, image, args, env: variables, volumes }: Run) {
  const bundle = join(folder, 'bundle')
  mkdirSync(bundle, { recursive: true })
  for (const it of Object.values(volumes)) chownSync(it, USER, USER)
  const nobody = { bounding: [], effective: [], permitted: [], ambient: [], inheritable: [] }
  writeFileSync(
    join(bundle, 'config.json'),
    JSON.stringify({
      ociVersion: '1.0.2',
      process: {
        ...{ terminal: false, user: { uid: USER, gid: USER }, cwd: '/app', noNewPrivileges: true },
        args: ['/usr/local/bin/node', ...args],
        env: ['PATH=/usr/local/bin:/usr/bin', ...variables],
        capabilities: nobody,
      },
      root: { path: image, readonly: true },
      mounts: [
        { destination: '/proc', type: 'proc', source: 'proc' },
        { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
        {
          ...{ destination: '/tmp', type: 'tmpfs', source: 'tmpfs' },
          options: ['nosuid', 'nodev', 'mode=1777', 'size=64m'],
        },
        ...Object.entries(volumes).map(([destination, source]) => ({
          ...{ destination, source, type: 'bind', options: ['rbind', 'rw'] },
        })),
      ],
      linux: { namespaces: ['pid', 'ipc', 'uts', 'mount'].map(type => ({ type })) },
    }),
  )
  const name = `codeant-run-${process.pid}`
  const done = spawnSync('runc', ['run', '--bundle', bundle, name], { encoding: 'utf8' })
  spawnSync('runc', ['delete', '--force', name], { stdio: 'ignore' })
  return done
}
