// Containers whose work is their host, or its other containers: what they take of it is what they are for.

import type { Range } from '../../rule.ts'
import type { YamlView } from '../yaml-view.ts'
import type { Container, Pod } from './kubernetes.ts'

/** It looks after the kernel of its host, or loads into it, as the folders tell that it is given. */
export function isAgentOfService(service: YamlView): boolean {
  return foldersOf(service).some(it => KERNEL.test(it))
}

export function isAgentOfPod({ spec }: Pod): boolean {
  return (spec.get('volumes')?.items ?? []).some(it => KERNEL.test(it.get('hostPath', 'path')?.text ?? ''))
}

const KERNEL = /^\/(?:proc|sys|boot|(?:usr\/)?lib\/modules|usr\/src)(?:\/|$)/

/** It starts containers or watches them: it is told where, or is known for it. */
export function managesContainers(container: YamlView, text: string): boolean {
  const told = ['command', 'args', 'entrypoint', 'environment', 'env']
    .flatMap(it => container.get(it) ?? [])
    .map(({ start, end }) => text.slice(start, end))
  return MANAGERS.test(container.get('image')?.text ?? '') || told.some(it => TOLD.test(it))
}

const MANAGERS =
  /(?:^|[/_-])(?:portainer|traefik|watchtower|dozzle|autoheal|docker-gen|(?:docker-)?socket-proxy|nginx-proxy|acme-companion|diun|ofelia|dockge|swarmpit|lazydocker|cadvisor|promtail|alloy|fluent-bit|telegraf|netdata|beszel-agent|glances|sysdig|datadog|newrelic|localstack|ryuk|act_runner|gitlab-runner|drone-runner-docker|woodpecker-agent|actions-runner|github-runner|buildkite|docker-volume-backup|uptime-kuma|dind|docker)(?:[:/@_-]|$)/i

const TOLD = /docker\.sock|\bproviders\.docker\b|\bDOCKER_(?:HOST|SOCK\w*)\b/i

/** A program that runs containers, file systems or networks of its own, or sets the kernel as Db2 does, and starts with nothing less. */
export function needsEveryRight(container: YamlView): boolean {
  return RUNTIMES.test(container.get('image')?.text ?? '')
}

const RUNTIMES =
  /(?:^|[/_:-])(?:db2(?:_community|-community)?|db2u|dind(?:-rootless)?|buildkit|binfmt|qemu-user-static|k3s|k3d|rke2?|kindest|microk8s|cadvisor|sysdig|falco|tetragon|node-driver-registrar|csi-[\w-]+|[\w-]+-csi(?:-[\w-]+)?)(?:[:/@_-]|$)/i

/** Before the program starts, one command sets something of the kernel, and ends. */
export function onlyPreparesHost({ view, isInit }: Container): boolean {
  if (!isInit) return false
  const parts = ['command', 'args'].flatMap(it => view.get(it)?.items ?? []).map(it => it.text ?? '')
  return /(?:^|[\s/])(?:sysctl|modprobe|mount|losetup|iptables|ulimit|swapoff)\b|\/proc\/sys\//.test(
    parts.join(' '),
  )
}

/** It is there to be privileged, as its name says: `pod-privileged.yaml`. */
export function isNamedForIt(path: string, { name }: { readonly name: string | undefined }): boolean {
  return [path.slice(path.lastIndexOf('/') + 1), name ?? ''].some(it =>
    /(?:^|[-_.])priv(?:ileged)?(?:[-_.]|$)/i.test(it),
  )
}

/** The lines right above, or the end of the line, say what it is for. */
export function isExplained(text: string, { start }: Range): boolean {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', start)
  const line = text.slice(start, to === -1 ? text.length : to)
  if (SAYS_WHY.test(/\s#(.*)$/.exec(line)?.[1] ?? '')) return true
  const above = text.slice(0, from).split('\n').slice(0, -1)
  const comments: string[] = []
  for (let it = above.pop(); it !== undefined && /^\s*#/.test(it); it = above.pop()) comments.push(it)
  return SAYS_WHY.test(comments.join(' '))
}

const SAYS_WHY =
  /\b(?:docker|podman|containers?|socket|events|privileged?|rights|host|kernel|modules?|process(?:es)?|needs?|needed|requires?|required|so that|because|in order to|allows?|access)\b/i

function foldersOf(service: YamlView): readonly string[] {
  return (service.get('volumes')?.items ?? []).map(
    it => it.text?.split(':')[0] ?? it.get('source')?.text ?? '',
  )
}
