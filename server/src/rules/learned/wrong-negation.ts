/** A condition that is probably meant the other way round. */

import { fixes, js, py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { howSureEn, howSureEs, type LearnedData } from '../support/learned.ts'

export default defineRule<LearnedData>({
  id: 'learned/wrong-negation',
  learned: 'negation',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [480, 691],
  concept: 'boolean-logic',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},

  explain: {
    en: data => ({
      message: `the condition \`${data.name}\` may be meant the other way round: \`${data.instead}\``,
      why: howSureEn(data),
      remedy: `Read the branch aloud: when shall it run? If \`${data.instead}\` was meant, put it there; if the condition is right, say so: the finding will not come back.`,
      fix: `Write \`${data.instead}\``,
    }),
    es: data => ({
      message: `puede que la condición \`${data.name}\` esté al revés: \`${data.instead}\``,
      why: howSureEs(data),
      remedy: `Lee la rama en voz alta: ¿cuándo debe ejecutarse? Si querías escribir \`${data.instead}\`, ponla; si la condición es correcta, dilo y el aviso no volverá.`,
      fix: `Escribir \`${data.instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
def load(path):
    if «path.exists()»:
        raise ValueError("missing")
    return path.read_text()
`,
        py`
def load(path):
    if not path.exists():
        raise ValueError("missing")
    return path.read_text()
`,
      ),
      fixes(
        js`
function init(options) {
  if («options.ready») {
    throw new Error('not ready')
  }
}
`,
        js`
function init(options) {
  if (!options.ready) {
    throw new Error('not ready')
  }
}
`,
      ),
      fixes(
        rs`
fn check(path: &Path) -> Result<()> {
    if «path.exists()» {
        return Err(Error::NotFound);
    }
    Ok(())
}
`,
        rs`
fn check(path: &Path) -> Result<()> {
    if !path.exists() {
        return Err(Error::NotFound);
    }
    Ok(())
}
`,
      ),
    ],
    valid: [
      py`
def load(path):
    if not path.exists():
        raise ValueError("missing")
    return path.read_text()
`,
      js`
function init(options) {
  if (!options.ready) {
    throw new Error('not ready')
  }
}
`,
      rs`
fn check(path: &Path) -> Result<()> {
    if !path.exists() {
        return Err(Error::NotFound);
    }
    Ok(())
}
`,
    ],
  },
})
