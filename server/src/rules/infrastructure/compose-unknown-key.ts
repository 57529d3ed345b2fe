/** A misspelt key of a service: compose refuses the file. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { COMPOSE_NEEDLES, composeOf } from '../support/infrastructure/compose.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'infrastructure/compose-unknown-key',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'minutes' },
  needles: COMPOSE_NEEDLES,

  check: {
    *Text(file) {
      for (const { view } of composeOf(file)?.services ?? [])
        for (const { key, at, value } of view.entries) {
          if (KEYS.has(key) || key.startsWith('x-') || value.start < at.end) continue
          const meant = nearestName(key, KEYS)
          // A key that nobody knows may be one of next year.
          if (!meant || view.entry(meant)) continue
          yield {
            at,
            data: { key, meant },
            fix: { safety: 'unsafe', edits: () => [{ start: at.start, end: at.end, newText: meant }] },
          }
        }
    },
  },

  explain: {
    en: ({ key, meant }) => ({
      message: `A service has no \`${key}\``,
      why: 'Compose refuses a file with a key that it does not know: none of its services starts.',
      remedy: `Write \`${meant}\`.`,
      fix: `Write \`${meant}\``,
    }),
    es: ({ key, meant }) => ({
      message: `Un servicio no tiene \`${key}\``,
      why: 'Compose rechaza un archivo con una clave que no conoce: no arranca ninguno de sus servicios.',
      remedy: `Escribe \`${meant}\`.`,
      fix: `Escribir \`${meant}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'compose.yml',
          yaml`
            services:
              shop: { image: "shop:1.4", «port»: ["80:80"] }
          `,
        ),
        at(
          'compose.yml',
          yaml`
            services:
              shop: { image: "shop:1.4", ports: ["80:80"] }
          `,
        ),
      ),
      fixes(
        at(
          'compose.yml',
          yaml`
            services:
              shop:
                image: shop:1.4
                «enviroment»: { A: b }
          `,
        ),
        at(
          'compose.yml',
          yaml`
            services:
              shop:
                image: shop:1.4
                environment: { A: b }
          `,
        ),
      ),
    ],
    valid: [
      at(
        'compose.yml',
        yaml`
          x-base: &base { restart: always }
          services:
            shop: { <<: *base, image: "shop:1.4", x-own: 1, ports: ["80:80"], something: new }
        `,
      ),
      yaml`
        services:
          shop: { port: 80 }
      `,
    ],
  },
})

const KEYS: ReadonlySet<string> = new Set(
  'annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname driver_opts entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles provider pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir'.split(
    ' ',
  ),
)
