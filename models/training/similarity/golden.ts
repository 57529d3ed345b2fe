// The same small functions in four languages, and how similar the shipped model finds them: writes `golden.jsonl`.
//   node --import tsx models/training/similarity/golden.ts

import { writeFileSync } from 'node:fs'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import { loadTermWeights } from '../../../server/src/host/node/similarity-model.ts'
import { TermReader } from '../../../server/src/inference/similarity/terms.ts'
import { similarity, vectorOf } from '../../../server/src/inference/similarity/vector.ts'
import { functionsOf } from '../../../server/src/semantics/functions.ts'
import { startParser } from './read-functions.ts'

const FUNCTIONS: readonly (readonly [language: CodeLanguage, code: string])[] = [
  [
    'python',
    'def find_in_sorted(items, wanted):\n    low, high = 0, len(items) - 1\n    while low <= high:\n        middle = (low + high) // 2\n        if items[middle] == wanted:\n            return middle\n        if items[middle] < wanted:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return None\n',
  ],
  [
    'javascript',
    'function searchSorted(list, value) {\n  let lo = 0\n  let hi = list.length - 1\n  while (lo <= hi) {\n    const mid = Math.floor((lo + hi) / 2)\n    if (list[mid] === value) return mid\n    if (list[mid] < value) lo = mid + 1\n    else hi = mid - 1\n  }\n  return null\n}\n',
  ],
  [
    'rust',
    'fn position_sorted(items: &[i32], wanted: i32) -> Option<usize> {\n    let (mut low, mut high) = (0, items.len());\n    while low < high {\n        let middle = low + (high - low) / 2;\n        if items[middle] == wanted {\n            return Some(middle);\n        }\n        if items[middle] < wanted {\n            low = middle + 1;\n        } else {\n            high = middle;\n        }\n    }\n    None\n}\n',
  ],
  [
    'python',
    'def word_counts(text):\n    counts = {}\n    for word in text.lower().split():\n        counts[word] = counts.get(word, 0) + 1\n    return counts\n',
  ],
  [
    'typescript',
    "export const countWords = (text: string): Map<string, number> => {\n  const counts = new Map<string, number>()\n  for (const word of text.toLowerCase().split(' ')) {\n    counts.set(word, (counts.get(word) ?? 0) + 1)\n  }\n  return counts\n}\n",
  ],
  [
    'rust',
    'pub fn tally(text: &str) -> HashMap<String, usize> {\n    let mut counts = HashMap::new();\n    for word in text.to_lowercase().split_whitespace() {\n        *counts.entry(word.to_string()).or_insert(0) += 1;\n    }\n    counts\n}\n',
  ],
  [
    'javascript',
    'async function saveOrder(order, database) {\n  try {\n    const saved = await database.orders.insert({ ...order, createdAt: Date.now() })\n    console.log(`order ${saved.id} was saved`)\n    return saved\n  } catch (error) {\n    throw new Error(`cannot save the order: ${error.message}`)\n  }\n}\n',
  ],
  [
    'python',
    'async def store_order(order, database):\n    try:\n        saved = await database.orders.insert({**order, "created_at": time.time()})\n        print(f"order {saved.id} was saved")\n        return saved\n    except DatabaseError as error:\n        raise RuntimeError(f"cannot save the order: {error}")\n',
  ],
]

const weights = loadTermWeights({ CODEANT_MODELS: new URL('../../', import.meta.url).pathname })
if (typeof weights === 'string') throw new Error(`models/similarity is ${weights}`)
const parser = await startParser()
const vectors = FUNCTIONS.map(([language, code]) => {
  const tree = parser.parseOnce(code, language)!
  const [fn] = functionsOf(tree)
  return vectorOf(new TermReader(tree).termsOf(fn!), weights)
})
const lines = FUNCTIONS.map(([language, code], i) =>
  JSON.stringify({
    language,
    code,
    similar: vectors.map(it => Number(similarity(vectors[i]!, it).toFixed(4))),
  }),
)
writeFileSync(new URL('../../similarity/golden.jsonl', import.meta.url), `${lines.join('\n')}\n`)
for (const it of vectors) console.log(vectors.map(other => similarity(it, other).toFixed(2)).join('  '))
