/** A YAML file that no program can read. */

import { at, written, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isMeantToBeOdd, type YamlProblem, yamlProblem } from '../support/data-files.ts'

export default defineRule({
  id: 'style/invalid-yaml',
  severity: 'error',
  languages: ['yaml'],
  concept: 'hygiene',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Text(file) {
      const problem = yamlProblem(file.text)
      if (!problem || isMeantToBeOdd(file) || isPiece(file.text)) return
      const { code, start, end } = problem
      yield { at: { start, end }, data: { code } }
    },
  },

  explain: {
    en: ({ code }) => ({
      message: ENGLISH[code as YamlProblem],
      why: 'A program that reads this file stops here: the pipeline does not run, the service does not start.',
      remedy: 'Correct this place; what comes behind it is checked then.',
    }),
    es: ({ code }) => ({
      message: SPANISH[code as YamlProblem],
      why: 'El programa que lea este archivo se detendrá aquí: el pipeline no se ejecuta, el servicio no arranca.',
      remedy: 'Corrige este punto; lo que viene detrás se comprobará después.',
    }),
  },

  examples: {
    invalid: [
      yaml`a: «b»: c`,
      yaml`
        a:
        «	»- b
      `,
      yaml`
        a: [1, 2
        «b»: 3
      `,
      yaml`a: «@»b`,
      yaml`a: "b«c»`,
      // What another program puts in later needs no other reading of the rest.
      yaml`
        a: date +%{format}
        b: «@»c
      `,
      yaml`
        a: 1
        «b»
      `,
    ],
    valid: [
      written(yaml, '      - A=1\n    hosts:\n      - b\n'),
      yaml`
        a: &x { b: [1, 'two', "three"] }
        c:
          <<: *x
      `,
      yaml``,
      // Tags are for the program that reads the file.
      yaml`
        a: !Ref b
        c: !Sub "\${d}"
        e: !!python/object:f {}
      `,
      yaml`
        ---
        a: 1
        ---
        a: 2
        ...
      `,
      // Filled in before it is read.
      yaml`
        a: {{ .Values.a }}
        {{- if .Values.b }}
        b: 1
        {{- end }}
      `,
      yaml`
        {% if a %}
        a: 1
        {% endif %}
      `,
      yaml`
        users:
        %{ for user in users ~}
          - name: \${user}
        %{ endfor ~}
      `,
      yaml`
        a: 1
          %{~ if length(b) > 0 ~}
          c: \${b}
          %{~ endif ~}
      `,
      yaml`a: \${{ secrets.A }}`,
      at('tests/fixtures/a.yml', yaml`a: b: c`),
      // Strictly wrong, and read by everybody.
      yaml`
        a:
          b: "
        c
        "
      `,
      yaml`
        a:
          b: [
          c,
          ]
      `,
      // Another rule speaks of these.
      yaml`
        a: 1
        a: 2
      `,
    ],
  },
})

const ENGLISH: Readonly<Record<YamlProblem, string>> = {
  tab: 'YAML allows no tabs for indentation',
  indent: 'This line is not indented like those it belongs to',
  missing: 'A sign is missing here: a colon, a bracket or a quote',
  nested: 'A second key on one line needs quotes around the value, or a line of its own',
  reserved: 'No value may begin with this sign unless it stands in quotes',
  syntax: 'This is not valid YAML',
}

const SPANISH: Readonly<Record<YamlProblem, string>> = {
  tab: 'YAML no admite tabuladores para sangrar',
  indent: 'Esta línea no está sangrada como aquellas a las que pertenece',
  missing: 'Aquí falta un signo: dos puntos, un corchete o unas comillas',
  nested: 'Una segunda clave en la misma línea necesita comillas alrededor del valor o una línea propia',
  reserved: 'Ningún valor puede empezar por este signo si no va entre comillas',
  syntax: 'Esto no es YAML válido',
}

/** It begins with an indented line: the end of a file that something else begins. */
function isPiece(text: string): boolean {
  const first = text.split('\n').find(line => line.trim() !== '' && !line.startsWith('#'))
  return first !== undefined && /^\s/.test(first)
}
