// The prose of the published page, in both languages. It says how things are measured; what came out is in the tables.

import type { Locale } from '@codeant/shared/locale.ts'
import { PAUSE_MS } from './keystroke.ts'
import type { PartName } from './result.ts'

export interface PageWords {
  readonly title: string
  readonly intro: string
  readonly quick: string
  readonly when: (on: string, load: string) => string
  /** Where the head of the page speaks of another machine or version. */
  readonly measuredWith: (processor: string, codeant: string) => string
  /** For parts that only count. */
  readonly countedWith: (on: string, versions: string) => string
  readonly comparison: (faster: readonly string[], slower: readonly string[]) => string
  readonly parts: Readonly<Record<PartName, { readonly title: string; readonly method: string }>>
  readonly precision: {
    readonly title: string
    readonly method: (findings: string, repositories: string) => string
    readonly head: readonly string[]
    readonly all: string
    readonly missed: string
    readonly missedHead: readonly string[]
  }
  readonly firstContact: {
    readonly title: string
    readonly method: string
    readonly head: readonly string[]
    readonly all: string
  }
  readonly fixes: {
    readonly title: string
    readonly method: (repositories: string) => string
    readonly proposed: string
    readonly offered: string
    readonly parse: string
    readonly gone: string
    readonly nothingNew: string
  }
  readonly again: { readonly title: string; readonly before: string; readonly after: string }
}

export const PAGE_WORDS: Readonly<Record<Locale, PageWords>> = {
  en: {
    title: 'Benchmarks',
    intro: `How fast CodeAnt is, how much memory it takes, and how often it is right, measured on real repositories and beside the
tools that people compare it with. A program writes this page from its measurements. Another machine gives other figures; the
ratios should differ less. [How it works](how-it-works.md) tells why typing is cheap.`,
    quick:
      'These figures come from a short run that only shows that everything works. They are no basis for a comparison.',
    measuredWith: (processor, codeant) => `Processor: ${processor}; CodeAnt ${codeant}.`,
    when: (on, load) => `Measured on ${on}; load average at the start: ${load}.`,
    countedWith: (on, versions) => `Counted on ${on} with ${versions}.`,
    comparison(faster, slower) {
      const sentences = [
        ...(faster.length > 0 ? [`Faster than CodeAnt here: ${faster.join(', ')}.`] : []),
        ...(slower.length > 0 ? [`Slower: ${slower.join(', ')}.`] : []),
      ]
      return `${sentences.join(' ')} (By the median of the ratios.)`
    },
    parts: {
      keystrokes: {
        title: 'From a key to the underline',
        method: `Each language server runs as an editor runs it, over standard input and output, with a real file open. The time goes from
sending a change until the diagnostics of that version arrive, and if they are corrected within ${PAUSE_MS} ms, until the
correction does; two seconds without any count as two seconds. There are three kinds of edits: a letter in a **name**, a
**statement** at the top level, and a parenthesis that leaves the syntax **broken**; each is typed and taken back. The servers take
turns in the same run, and the first rounds do not count. CPU is the processor time of all of the server's processes and threads, and
depends less on what else the machine does.

Every server uses its default rules, and these differ: a server with fewer rules has less to do. oxlint is sent the whole text with
every change because that is what it asks for. Biome waits about a quarter of a second for further keys before it answers; most of
its time is that wait. Where no repository has a file of 20,000 lines, real files were put together. Tools that do not read a
language are left out there.`,
      },
      scans: {
        title: 'Whole projects from the command line',
        method: `From the start of the process to its end. Every tool checks the same files: a copy of the repository's sources in its main
languages, without its settings, without hidden folders, minified files and files above 1 MiB. Lines are line ends in those files, blank lines and
comments included. Nothing is remembered from an earlier run, except where it says so; the files are in the operating
system's own cache for everybody. Each figure is a median, and the tools take turns.

All run with their defaults: rules, threads, no knowledge of types. CodeAnt runs all rules that are on by default; ESLint the
recommended ones of its own and of typescript-eslint, in one thread; Biome, oxlint and ruff what they check
without any settings; ast-grep ten small patterns a language that we wrote, for it has no rules of its own. CPU seconds add up all
threads and child processes. Peak memory adds up all processes. The number of findings only shows that each tool worked: the
rules are different ones.`,
      },
      'pattern-scans': {
        title: 'The same rules, more and more of them',
        method: `Rules in ast-grep's format, which CodeAnt reads too, on one repository as it is. Each asks for a call; the table says how many of
them name a function that the repository calls somewhere. From the start of the process to its end, once each; CodeAnt keeps the rules
that it has read, so that the first time takes longer. Nothing else is kept. Beyond a thousand rules ast-grep is left out: its time grows
with them. Peak memory adds up all processes.`,
      },
      idle: {
        title: 'At rest',
        method: `The server over standard input and output, in a workspace of real source files in four languages, a few of them open. When it has
done nothing for three seconds, its memory is read, and its processor time over the next half minute. CPU is given as part of one
core.`,
      },
      graph: {
        title: 'Across files and languages',
        method: `The server over standard input and output, in a made-up workspace of FastAPI, TypeScript, Express and axum files that call each
other. Cold and cached are the time from starting the server until an open file is told of a call that no route of the workspace
answers. Then a letter is typed into a body, and into the prefix of a router whose callers are open: the time until that other file
is told holds the wait for a pause in typing. CPU adds up all threads.`,
      },
      torture: {
        title: 'Under torture',
        method: `One bad document is opened and typed into at a steady pace, answered or not. Meanwhile a small second document is asked for a
hover and changed, over and over. A wait of the second document is what the bad one costs everybody else. A file above the limit is
not analysed, and the editor says so; with a raised limit, it is analysed in slices, and each further key makes the server start
again with the newer text.`,
      },
      repositories: {
        title: 'Whole repositories',
        method: `\`codeant analyze --no-cache\` on each repository as it is, text and data files included. Nothing may crash, and no file may be
skipped without a reason. “Troubles” are all the lines that it writes to standard error.`,
      },
      security: {
        title: 'Security rules on vulnerable programs, beside other tools',
        method: `Public programs that were written to be vulnerable, whose authors say where, and where similar code is safe: [what they
are](security-recall.md). The same questions for all: ruff runs its port of Bandit's rules (\`S\`), the plugins of ESLint what they
recommend, eslint-plugin-sonarjs what of that is about security, with knowledge of types; Biome what it recommends of its group \`security\`; ast-grep a public
collection of rules, \`ast-grep-essentials\`, in the version that the collection asks for.

A case is found when a finding in its file or lines is about the same weakness, as the tool itself names it (CWE). Where a tool names
none for a rule, any finding there counts, in its favour when the case is vulnerable and against it when it is safe. The last column counts any finding of every
tool. Youden's figure is the difference of the two rates: 1 is perfect, 0 is guessing. CodeAnt's rules were improved while these programs were read, so
this is no blind test for it; and of the 332 files of Python rules in semgrep-rules, 46 name Bandit as their source, as ruff does.

oxlint and pylint have no such set of rules. Bandit itself, Semgrep, CodeQL and SonarQube are missing: they could not be installed
where this was measured.`,
      },
      comparison: {
        title: 'The same checks, tool by tool',
        method: `Only checks that several tools have, under names of their own ([which rule is which](../../test/bench/comparable-checks.ts)), on
the same files: a copy of each repository's sources without its settings. ESLint runs its own rules, typescript-eslint's and
eslint-plugin-regexp's; eslint-plugin-sonarjs has a column of its own. Nobody knows the types of libraries. Findings of one check within three lines are one place, or within twenty where one tool names the first of two and another the second. Parameters and caught errors that nobody uses are left out where a tool can be told so. A high number is neither
good nor bad; the next section says how many are worth telling.`,
      },
    },
    precision: {
      title: 'How often it is right',
      method: (findings, repositories) =>
        `Of each rule that found something, a random handful of findings was judged by reading the code: would a careful reviewer want to
know? ${findings} findings in ${repositories} repositories. [The verdicts](../../test/precision/verdicts) give the place and the reason for each. With so few for
each rule, the sum says more than any single line.`,
      head: ['Category', 'Rules', 'Judged', 'Right', '%'],
      all: 'all',
      missed: 'Rules with a wrong finding in the sample:',
      missedHead: ['Rule', 'Judged', 'Right'],
    },
    firstContact: {
      title: 'How often it is right about code that no rule has seen',
      method: `The repositories above are also those on which rules were cured, so their numbers flatter. Here, each round took repositories that
nobody had looked at before, and judged up to six findings of every rule that fired. [What was wrong](../../test/precision/first-contact.json)
was mostly cured afterwards, and the next round took other repositories. A rule that fires once weighs as much here as one that fires
a hundred times, and so does each file of a copied library: those were 41 of the 56 wrong ones in the fourth round, 19 of 49 in the fifth
and 15 of 101 in the eighth, which judged at most three of a rule. Expect such numbers, not those above, on the first day with your code, and tell us what is wrong.`,
      head: ['Round', 'CodeAnt', 'Repositories', 'Findings', 'Judged', 'Right', '%'],
      all: 'all',
    },
    fixes: {
      title: 'Whether fixes hold',
      method: repositories =>
        `Every fix for every finding, each applied to its own copy of its file, or of all files that disagree, in ${repositories}.
CodeAnt tries a fix before it offers it; the last three rows check the offered ones again, with an analysis from scratch.`,
      proposed: 'proposed by a rule',
      offered: 'offered, because the trial succeeded',
      parse: 'of these: the result parses',
      gone: 'of these: the finding is gone',
      nothingNew: 'of these: no other finding has appeared',
    },
    again: {
      title: 'Measure it yourself',
      before: `The repositories, the programs and the other tools are fetched at fixed versions, with git, npm and pip, when they are needed; what
cannot be had is left out. The whole takes more than an hour. Leave the machine alone meanwhile.`,
      after: 'Parts, and less of them:',
    },
  },
  es: {
    title: 'Mediciones',
    intro: `Qué velocidad tiene CodeAnt, cuánta memoria ocupa y con qué frecuencia acierta, medido en repositorios reales y junto a las
herramientas con las que se le compara. Esta página la escribe un programa a partir de sus mediciones. En otro equipo las cifras serán
otras; las proporciones deberían cambiar menos. [Cómo funciona](how-it-works.md) explica por qué escribir cuesta poco.`,
    quick:
      'Estas cifras vienen de una ejecución corta, que solo demuestra que todo funciona. No sirven para comparar.',
    measuredWith: (processor, codeant) => `Procesador: ${processor}; CodeAnt ${codeant}.`,
    when: (on, load) => `Medido el ${on}; carga media al empezar: ${load}.`,
    countedWith: (on, versions) => `Contado el ${on} con ${versions}.`,
    comparison(faster, slower) {
      const sentences = [
        ...(faster.length > 0 ? [`Más rápido que CodeAnt en esta prueba: ${faster.join(', ')}.`] : []),
        ...(slower.length > 0 ? [`Más lento: ${slower.join(', ')}.`] : []),
      ]
      return `${sentences.join(' ')} (Según la mediana de las proporciones.)`
    },
    parts: {
      keystrokes: {
        title: 'De la tecla al subrayado',
        method: `Cada servidor de lenguaje se ejecuta como lo haría un editor, por la entrada y la salida estándar, con un archivo real abierto. El
tiempo va desde que se envía un cambio hasta que llegan los diagnósticos de esa misma versión o, si se corrigen antes de ${PAUSE_MS} ms,
hasta que llega la corrección; dos segundos sin respuesta cuentan como dos segundos. Hay tres clases de cambios: una letra en
un **nombre**, una **sentencia** en el nivel superior y un paréntesis que deja un **error** de sintaxis; cada uno se escribe y se
deshace. Los servidores se turnan dentro de la misma ejecución, y las primeras rondas no cuentan. La CPU es el tiempo de procesador de todos
los procesos e hilos del servidor, y depende menos de lo demás que haga el equipo.

Cada servidor usa sus reglas por defecto, que no son las mismas: quien tiene menos reglas tiene menos trabajo. A oxlint se le envía el texto
entero con cada cambio, porque así lo pide. Biome espera cerca de un cuarto de segundo por si llegan más teclas antes de
responder, y casi todo su tiempo es esa espera. Donde ningún repositorio tiene un archivo de 20.000 líneas, se han unido varios
archivos reales. Las herramientas que no leen un lenguaje no figuran en él.`,
      },
      scans: {
        title: 'Proyectos enteros desde la línea de órdenes',
        method: `Desde que empieza el proceso hasta que termina. Todas las herramientas revisan los mismos archivos: una copia de las fuentes del
repositorio en sus lenguajes principales, sin su configuración, sin carpetas ocultas, archivos minificados ni archivos de más de 1 MiB. Las líneas
son los finales de línea de esos archivos, incluidas las vacías y los comentarios. No se recuerda nada de ejecuciones anteriores,
salvo donde se indica; los archivos están en la caché del sistema operativo para todas. Cada cifra es una mediana, y las
herramientas se turnan.

Todas se ejecutan con sus valores por defecto: reglas, hilos y sin conocer los tipos. CodeAnt aplica todas las reglas activas por
defecto; ESLint, las recomendadas suyas y de typescript-eslint, en un solo hilo; Biome, oxlint y ruff, lo que revisan sin configuración alguna; ast-grep,
diez patrones pequeños por lenguaje que hemos escrito nosotros, porque no trae reglas propias. Los segundos de CPU suman todos los
hilos y procesos hijos. La memoria máxima suma todos los procesos. El número de hallazgos solo demuestra que cada herramienta
trabajó: las reglas son distintas.`,
      },
      'pattern-scans': {
        title: 'Las mismas reglas, cada vez más',
        method: `Reglas en el formato de ast-grep, que CodeAnt también lee, en un repositorio tal como es. Cada una busca una llamada; la
tabla dice cuántas nombran una función que el repositorio llama en algún sitio. Desde que empieza el proceso hasta que termina, una vez
cada uno; CodeAnt guarda las reglas que ha leído, así que la primera vez tarda más. No se guarda nada más. A partir de mil reglas no se ejecuta ast-grep, porque su tiempo crece con ellas. La memoria máxima suma
todos los procesos.`,
      },
      idle: {
        title: 'En reposo',
        method: `El servidor, por la entrada y la salida estándar, en un espacio de trabajo con archivos reales en cuatro lenguajes, unos cuantos de ellos
abiertos. Cuando lleva tres segundos sin hacer nada se lee su memoria y, durante el medio minuto siguiente, su tiempo de procesador. La
CPU se da como parte de un núcleo.`,
      },
      graph: {
        title: 'Entre archivos y lenguajes',
        method: `El servidor por entrada y salida estándar, en un espacio de trabajo inventado con archivos de FastAPI, TypeScript, Express y axum
que se llaman entre sí. «En frío» y «desde su caché» es el tiempo desde que arranca el servidor hasta que un archivo abierto recibe el
aviso de una llamada a la que ninguna ruta responde. Después se escribe una letra en un cuerpo, y otra en el prefijo de un router cuyo
cliente está abierto: el tiempo hasta que ese otro archivo recibe el aviso incluye la espera a una pausa al escribir. La CPU suma
todos los hilos.`,
      },
      torture: {
        title: 'En los peores casos',
        method: `Se abre un documento difícil y se escribe en él a ritmo constante, haya respuesta o no. Mientras tanto, a un segundo documento, pequeño,
se le pide una y otra vez la ayuda emergente y se le hacen cambios. Lo que espera el segundo es lo que el difícil les cuesta a los
demás. Un archivo que supera el límite no se analiza, y el editor lo dice; con un límite mayor se analiza a trozos, y cada tecla hace que el
servidor vuelva a empezar con el texto nuevo.`,
      },
      repositories: {
        title: 'Repositorios enteros',
        method: `\`codeant analyze --no-cache\` en cada repositorio tal como es, con sus archivos de texto y de datos. Nada debe fallar, y ningún archivo se
debe omitir sin un motivo. Las «incidencias» son todas las líneas que escribe en la salida de error.`,
      },
      security: {
        title: 'Las reglas de seguridad en programas vulnerables, junto a otras herramientas',
        method: `Programas públicos que se escribieron vulnerables, y cuyos autores dicen dónde lo son y dónde un código parecido es seguro: [cuáles
son](security-recall.md). Las mismas preguntas para todas: ruff ejecuta su versión de las reglas de Bandit (\`S\`); los complementos
de ESLint, lo que recomiendan, y de eslint-plugin-sonarjs lo que trata de seguridad, conociendo los tipos; Biome, lo que recomienda de su
grupo \`security\`; ast-grep, una colección pública de reglas, \`ast-grep-essentials\`, en la versión que la colección pide.

Un caso se da por encontrado cuando un hallazgo en su archivo o en sus líneas trata de la misma debilidad, según la nombra la propia
herramienta (CWE). Si no nombra ninguna para una regla, cuenta cualquier hallazgo en ese lugar: a su favor si el caso es vulnerable, en su contra si es seguro. La
última columna cuenta cualquier hallazgo de todas. La cifra de Youden es la diferencia de las dos tasas: 1 es perfecto, 0 es adivinar. Las
reglas de CodeAnt mejoraron mientras se leían estos programas, así que para él no es una prueba a ciegas; y de los 332 archivos de reglas
de Python de semgrep-rules, 46 dicen venir de Bandit, igual que las de ruff.

oxlint y pylint no tienen un conjunto así. Faltan el propio Bandit, Semgrep, CodeQL y SonarQube: no se pudieron instalar donde se midió.`,
      },
      comparison: {
        title: 'Las mismas comprobaciones, herramienta por herramienta',
        method: `Solo comprobaciones que tienen varias herramientas, cada una con su nombre ([qué regla es
cuál](../../test/bench/comparable-checks.ts)), sobre los mismos archivos: una copia de las fuentes de cada repositorio sin su configuración. ESLint
ejecuta sus reglas, las de typescript-eslint y las de eslint-plugin-regexp; eslint-plugin-sonarjs tiene su propia columna. Ninguna conoce
los tipos de las bibliotecas. Los hallazgos de una misma comprobación a menos de tres líneas son un solo lugar, o a menos de veinte donde una herramienta nombra el primero de dos y otra el segundo. Los parámetros y los errores
capturados sin uso se dejan fuera donde se le puede decir a la herramienta. Un número alto no es bueno ni malo; la sección siguiente
dice cuántos merecen contarse.`,
      },
    },
    precision: {
      title: 'Con qué frecuencia acierta',
      method: (findings, repositories) =>
        `De cada regla que encontró algo se juzgaron unos cuantos hallazgos al azar leyendo el código: ¿querría saberlo un revisor atento?
${findings} hallazgos en ${repositories} repositorios. [Los veredictos](../../test/precision/verdicts) dan el lugar y el motivo de cada uno. Con tan pocos por regla,
el total dice más que cualquier fila.`,
      head: ['Categoría', 'Reglas', 'Juzgados', 'Acertados', '%'],
      all: 'todas',
      missed: 'Reglas con algún hallazgo equivocado en la muestra:',
      missedHead: ['Regla', 'Juzgados', 'Acertados'],
    },
    firstContact: {
      title: 'Con qué frecuencia acierta en código que ninguna regla ha visto',
      method: `En los repositorios de arriba también se corrigieron reglas, así que sus cifras favorecen. Aquí, cada ronda tomó repositorios que nadie
había mirado antes y juzgó hasta seis hallazgos de cada regla que encontró algo. [Lo equivocado](../../test/precision/first-contact.json)
se corrigió en su mayor parte después, y la ronda siguiente tomó otros repositorios. Una regla que salta una vez pesa aquí tanto como una que salta
cien veces, y lo mismo cada archivo de una biblioteca copiada: a ellos se deben 41 de los 56 equivocados de la cuarta ronda, 19 de los 49 de la
quinta y 15 de los 101 de la octava, que juzgó tres como mucho de cada regla. El primer
día con tu código espera cifras como estas, no como las de arriba, y cuéntanos lo que esté mal.`,
      head: ['Ronda', 'CodeAnt', 'Repositorios', 'Hallazgos', 'Juzgados', 'Acertados', '%'],
      all: 'todas',
    },
    fixes: {
      title: 'Si las correcciones se sostienen',
      method: repositories =>
        `Todas las correcciones de todos los hallazgos, cada una aplicada a su propia copia del archivo, o de todos los archivos que no
coinciden, en ${repositories}. CodeAnt prueba una corrección antes de ofrecerla; las tres últimas filas vuelven a comprobar las
ofrecidas con un análisis desde cero.`,
      proposed: 'propuestas por una regla',
      offered: 'ofrecidas, porque la prueba salió bien',
      parse: 'de ellas: el resultado tiene una sintaxis válida',
      gone: 'de ellas: el hallazgo desaparece',
      nothingNew: 'de ellas: no surge ningún hallazgo nuevo',
    },
    again: {
      title: 'Mídelo tú',
      before: `Los repositorios, los programas y las demás herramientas se descargan en versiones fijas, con git, npm y pip, cuando hacen falta; lo
que no se consigue queda fuera. Todo junto tarda más de una hora. Mientras tanto, no uses el equipo para otra cosa.`,
      after: 'Por partes, y menos de cada una:',
    },
  },
}
