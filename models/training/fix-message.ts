// Whether a commit says that it repairs the program, rather than its tests, its words or its looks.

export function isFixMessage(message: string): boolean {
  const [subject = '', ...body] = message.split('\n')
  if (NO_PROGRAM.test(subject)) return false
  return REPAIR.test(subject) || CLOSES.test(body.join('\n')) || CLOSES.test(subject)
}

const REPAIR =
  /\b(hot|bug)?fix(e[sd]|ing|up)?\b|\bbugs?\b|\bwrong(ly)?\b|\b(in)?correct(ly|ed|s)?\b|\btypos?\b|\bregress(ion|ions|ed|es)?\b|\bcrash(e[sd]|ing)?\b|\berrors?\b|\bmistakes?\b|\bbroken\b|\bfaulty?\b|\bissues?\b|\boops\b|\binverted\b|\boff.by.one\b|\bproper(ly)?\b/i

const CLOSES = /\b(fix|close|resolve)[sd]?(e[sd])?:? +(#\d+|gh-\d+|https?:\S+\d+)/i

const NO_PROGRAM =
  /\b(fix|correct|address|silence|resolve)(e[sd]|s|ing|ed)?\b.{0,12}\b(lint\w*|typing|type ?(hint|annotation|error|check)\w*|tests?|specs?|docs?|documentation|doc ?strings?|readme|comments?|format(ting)?|style|flake8|ruff|clippy|eslint|tslint|mypy|pyright|pylint|warnings?|ci|the build|white ?space|indentation|changelog|example\w*)\b|\btypos? in (the )?(comments?|docs?|readme|changelog)|^(docs?|tests?|style|chore|ci|build)(\(.*?\))?:/i
