// Why somebody could not log in with the provider, each with what a person can do about it: the page has the words.

export const LOGIN_PROBLEMS = [
  /** It took too long, was done already, or began in another browser. */
  'expired',
  /** The provider does not answer, or not as it should. */
  'provider',
  /** The provider said no, or the person did. */
  'refused',
  /** The provider does not say that the e-mail address is theirs. */
  'unverified',
  /** Their e-mail address is of none of the domains that may come in. */
  'domain',
  /** They did not prove who they are as it is demanded here: a second factor is missing, or it was too long ago. */
  'mfa',
  /** Nobody invited them, and who was not invited does not come in; or none of their groups means anything here. */
  'unknown',
  /** They were shut out. */
  'removed',
  /** The provider calls them what it called nobody before, and their address belongs to somebody else here. */
  'taken',
  /** It is not clear to which team they belong. */
  'team',
] as const

export type LoginProblem = (typeof LOGIN_PROBLEMS)[number]

/** Nobody is let in. `message` is for the log, and names nobody. */
export class LoginRefused extends Error {
  readonly problem: LoginProblem

  constructor(problem: LoginProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LoginRefused'
    this.problem = problem
  }
}
