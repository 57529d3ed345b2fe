// Calls of Rust that compile and do something else than what was meant.

import { type ApiEntry, type Condition, trap } from './entry.ts'

type Three = readonly [message: string, why: string, remedy: string]

interface Told {
  readonly case: string
  readonly when?: Condition
  readonly as?: ApiEntry['as']
  readonly makers?: readonly string[]
}

const rust = (api: string, told: Told, en: Three, es: Three, invalid: string, valid: string) =>
  trap('rust', api, { en, es }, invalid, valid, told)

export const TRAPS_RUST: readonly ApiEntry[] = [
  ...['std.mem.drop', 'std.mem.forget'].map(api =>
    rust(
      ...([api, { case: 'reference', when: { argument: { 0: /^&/ } } }] as const),
      [
        `\`${api.replaceAll('.', '::')}\` gets a reference`,
        'Only the reference is taken: the value behind it stays as it is.',
        'Hand over the value itself.',
      ],
      [
        `\`${api.replaceAll('.', '::')}\` recibe una referencia`,
        'Solo se toma la referencia: el valor que hay detrás se queda como está.',
        'Entrega el propio valor.',
      ],
      `fn f() { «${api.replaceAll('.', '::')}»(&guard); }`,
      `fn f() { ${api.replaceAll('.', '::')}(guard); }`,
    ),
  ),
  ...['std.process.Command.new', 'tokio.process.Command.new'].map(api => {
    const path = api.replaceAll('.', '::')
    return rust(
      ...([api, { case: 'line', when: { argument: { 0: /^"[\w-]+ [^"\\/]+"$/ } } }] as const),
      [
        '`Command::new` gets a whole command line',
        'The text is the name of a file to run, spaces and all: this fails with `NotFound`.',
        'Give the arguments with `args`.',
      ],
      [
        '`Command::new` recibe una línea de órdenes entera',
        'El texto es el nombre del fichero que se ejecuta, con espacios y todo: falla con `NotFound`.',
        'Pasa los argumentos con `args`.',
      ],
      `fn f() { let c = «${path}»("git status"); }`,
      `fn f() { let c = ${path}("git"); }`,
    )
  }),
  ...(
    [
      ['load', 'Ordering::Release', '', 'Ordering::Acquire'],
      ['store', 'Ordering::Acquire', '1, ', 'Ordering::Release'],
    ] as const
  ).map(([name, wrong, given, right]) =>
    rust(
      ...([
        `std.sync.atomic.${name}`,
        {
          ...({ case: 'ordering', as: 'method', makers: ['*'] } as const),
          when: {
            argument: {
              [given ? 1 : 0]:
                name === 'load' ? /\bOrdering::(?:Release|AcqRel)$/ : /\bOrdering::(?:Acquire|AcqRel)$/,
            },
          },
        },
      ] as const),
      [`\`${name}\` cannot have this ordering`, 'It panics when it is reached.', `Use \`${right}\`.`],
      [`\`${name}\` no admite este orden`, 'Entra en pánico al llegar aquí.', `Usa \`${right}\`.`],
      `use std::sync::atomic::Ordering;\nfn f(flag: &A) { «flag.${name}»(${given}${wrong}); }`,
      `use std::sync::atomic::Ordering;\nfn f(flag: &A) { flag.${name}(${given}${right}); }`,
    ),
  ),
  ...['u8', 'u16', 'u32', 'u64', 'usize', 'i32', 'i64'].map(type =>
    rust(
      ...([`${type}.from_str_radix`, { case: 'prefix', when: { argument: { 0: /^"0[xXbBoO]/ } } }] as const),
      [
        '`from_str_radix` takes no prefix',
        'Digits alone are read: a text with `0x` before them gives an error.',
        'Leave the prefix out, or `trim_start_matches("0x")`.',
      ],
      [
        '`from_str_radix` no admite prefijos',
        'Solo se leen cifras: un texto con `0x` delante da un error.',
        'Quita el prefijo, o usa `trim_start_matches("0x")`.',
      ],
      `fn f() { let n = «${type}::from_str_radix»("0xff", 16); }`,
      `fn f() { let n = ${type}::from_str_radix("ff", 16); }`,
    ),
  ),
  ...(
    [
      ['reqwest.blocking.get', 'reqwest::get(url).await'],
      ['reqwest.blocking.Client.new', 'reqwest::Client::new()'],
      ['futures.executor.block_on', 'work.await'],
      ['tokio.runtime.Runtime.new', 'tokio::spawn(work)'],
    ] as const
  ).map(([api, instead]) => {
    const path = api.replaceAll('.', '::')
    return rust(
      ...([api, { case: 'asynchronous', when: { where: 'asynchronous' } }] as const),
      [
        `\`${path}\` is called in an asynchronous function`,
        'It waits with a runtime of its own, inside one that already runs: it panics, or waits for itself.',
        `Use \`${instead}\`.`,
      ],
      [
        `\`${path}\` se llama en una función asíncrona`,
        'Espera con un entorno de ejecución propio dentro de uno que ya está en marcha: entra en pánico o se espera a sí mismo.',
        `Usa \`${instead}\`.`,
      ],
      `async fn f() { let kept = «${path}»(work); }`,
      `async fn f() { let kept = ${instead}; }`,
    )
  }),
]
