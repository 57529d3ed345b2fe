// What the words of a rule are called in English. A way to say something is a line here, not a line of the grammar.

import type { Lexicon } from './words.ts'

export const ENGLISH: Lexicon = {
  skip: {
    skip: 'a|an|the|all|every|each|any|please|always|anymore|directly|ever|anywhere|custom|very|simply|our|strictly',
  },
  rewrite: {
    must: 'needs to|need to|has to|have to|is to|are to',
    'must have': 'needs|need|requires|require|takes|contains|carries',
    'must be': 'belongs|belong',
    be: 'stay|stays|remain in',
    'must have at most': 'has at most',
    'must have no more than': 'has no more than',
    'must start with': 'starts with|start with|begin with|begins with',
    'must end in': 'ends in|ends with',
    'must come': 'comes|come',
    'must go': 'goes|go',
    'must be sorted': 'are sorted|is sorted',
    'must be limited to': 'are limited to|is limited to',
    'must return': 'returns',
    'must declare': 'declares|declares',
  },
  everywhere: {
    everywhere:
      'in code|in files|in project|in codebase|in any file|in whole project|at module level|in same function|in signatures',
  },
  folder: { folder: 'folder|directory|package|layer' },
  thereIs: {
    there: 'there must be|there should be|there may be|there can be|have|we allow|allow|we accept|accept',
  },
  nest: { nest: "never nest|do not nest|don't nest|avoid nesting|do not nest anything|never nest anything" },
  beNested: { nested: 'be nested' },
  beEmpty: { empty: 'be empty' },
  reassign: {
    parameters:
      'reassign their parameters|reassign parameters|assign to their parameters|change their parameters|modify their parameters',
  },
  catchIt: { catch: "do not catch|don't catch|never catch|avoid catching" },
  catchVerb: { catch: 'catch' },
  nobody: { nobody: 'nobody|no one|no code' },
  production: { production: 'in production code|in production|outside of test code' },
  callFirst: { call: 'call' },
  beforeCall: { before: 'before|before calling' },
  license: {
    license:
      'start with license header|start with license comment|begin with license header|have license header|start with copyright header|start with license',
  },
  testFile: { test: 'test files|test file|test modules' },
  useVerb: { use: 'use|access' },
  goodInstead: { good: 'named exports|absolute imports|named imports' },
  importing: { importing: 'importing|imports of|import of' },
  pass: { pass: 'pass|give|specify|set' },
  toCall: { to: 'to|in calls to|when calling|to calls to|in|to calls of' },
  sort: { sort: 'sort|keep|order' },
  sortedAlone: { sorted: 'alphabetically|sorted|sorted alphabetically|in alphabetical order' },
  write: { write: 'write|name|spell' },
  readVerb: { read: 'read|use|access|call|touch' },
  namesType: {
    type: 'name exception|name its exception|name exception type|specify exception type|name type of exception|specify exception',
  },
  and: { and: ',|and|or|, and|, or|nor' },
  colon: { colon: ',|:|;|. |.' },
  no: { no: 'no' },
  only: { only: 'only' },
  to: { to: 'to|of' },
  with: { with: 'with|containing|that contain' },
  empty: { empty: 'empty|empty' },
  must: {
    must: 'must|should|shall|have to|has to|need to|needs to|must always|should always',
    mustNot:
      "must not|should not|shall not|may not|can not|cannot|must never|should never|may never|can never|mustn't|shouldn't|can't|do not|don't|does not|doesn't|never|shall never|will never|will not|must under no circumstances",
    may: 'may|can',
    mayOnly: 'may only|can only|must only|should only',
  },
  ban: {
    use: "do not use|don't use|never use|avoid|no|no use of|do not write|don't write|never write|do not leave|don't leave|do not define|stop using|avoid using|must not be any|never declare variables with|do not declare variables with|we do not use|we don't use|there must be no|there should be no|there may be no|nobody uses|nobody may use|nobody should use|do not allow|never allow|we don't want|we do not want|we don't allow|we do not allow|we want no|get rid of",
    call: "do not call|don't call|never call|no calls to|no call to|avoid calling|avoid calls to|nobody calls|nobody may call|nobody should call",
    import:
      "do not import|don't import|never import|no imports of|avoid importing|nobody imports|nobody may import|nobody should import|nobody must import|stop importing",
    importFrom: "do not import from|don't import from|never import from|no imports from|avoid importing from",
    name: "do not name|don't name|never name|do not call|never call",
  },
  forbidden: {
    forbidden:
      'is forbidden|are forbidden|is not allowed|are not allowed|is prohibited|are prohibited|is banned|are banned|must not be used|should not be used|may not be used|must never be used|must be avoided|should be avoided|must not exist|must not be called|should not be called|may not be called|is not permitted|are not permitted|is disallowed|are disallowed|may remain|must not remain|is off limits|are off limits|is to be avoided|must have no place|has no place|have no place|are out|is out|is not acceptable|are not acceptable|is unacceptable|are unacceptable|is a no-go|are no-gos|do not belong|does not belong',
  },
  onlyCalled: {
    only: 'may only be called|must only be called|should only be called|can only be called|may only be used|must only be used|should only be used|can only be used',
  },
  use: { use: 'use|prefer|declare variables with|always use|write|compare with' },
  instead: {
    instead: 'instead of|over|rather than|and not|, not|never with|, never with|, never|, not with',
  },
  in: { in: 'in|inside|inside of|within|of|under' },
  out: { out: 'outside|outside of|except in|except inside|other than in|unless in|out of' },
  have: {
    have: 'have|take|contain|accept|include|hold|be|use|receive|consist of|has|take in|get|come with|import|inherit from|need|make|define|count|span|pass',
  },
  be: {
    be: 'be|are|is|be in|be written in|be written|are named in|are written in|is written in|is named in|be named in|are in|be named|use|are named|follow|be spelled in|are spelled in|be spelled',
  },
  keep: { keep: 'keep|limit' },
  more: {
    more: 'more than|exceed|be longer than|be deeper than|be larger than|be greater than|be higher than|be more than|be above|longer than|deeper than|have more than|go beyond|over|above|greater than|be over|be bigger than|inherit more than',
    most: 'at most|no more than|not more than|a maximum of|maximum|up to|be at most|be limited to|to at most|to|no greater than|not exceed',
    least: 'at least|no fewer than|no less than|a minimum of|minimum|be at least',
    fewer:
      'fewer than|less than|below|under|be shorter than|shorter than|be below|be under|be less than|be fewer than|stay below|stay under|be kept below',
    only: 'only|exactly|just',
  },
  numeral: {
    1: 'one|single',
    2: 'two',
    3: 'three',
    4: 'four',
    5: 'five',
    6: 'six',
    7: 'seven',
    8: 'eight',
    9: 'nine',
    10: 'ten',
    12: 'twelve',
    15: 'fifteen',
    20: 'twenty',
    30: 'thirty',
    50: 'fifty',
    100: 'hundred|one hundred',
  },
  per: { per: 'per|in|for' },
  long: { long: 'long|in length|deep|wide', code: 'of code' },
  measure: {
    lines: 'lines|line',
    characters: 'characters|character|letters|letter|columns',
    parameters: 'parameters|parameter|params',
    arguments: 'arguments|argument|args',
    methods: 'methods|method',
    fields: 'fields|field|properties|property|attributes|members',
    functions: 'functions|function',
    classes: 'classes|class',
    imports: 'imports|import|import statements|other modules|modules|other files',
    returns: 'return statements|return statement|returns|return',
    cases: 'cases|case',
    complexity: 'cyclomatic complexity|complexity',
    nesting: 'levels|level|nesting levels',
    bases: 'parents|parent|base classes|parent classes|superclasses|base class',
    publicMethods: 'public methods|public method',
    assertions: 'assertions|assertion|asserts',
  },
  complexity: { complexity: 'cyclomatic complexity|complexity' },
  nesting: { nesting: 'nesting|nesting depth|code|blocks' },
  noun: {
    function: 'function|functions',
    method: 'method|methods|ones',
    constructor: 'constructor|constructors',
    test: 'test|tests|test function|test functions|test case|test cases',
    class: 'class|classes',
    interface: 'interface|interfaces',
    type: 'type|types|type alias|type aliases',
    enum: 'enum|enums',
    enumMember: 'enum member|enum members|enum value|enum values',
    variable: 'variable|variables',
    constant: 'constant|constants',
    parameter: 'parameter|parameters|params',
    file: 'file|files|module|modules|component|components|code|source file|source files',
    line: 'line|lines',
    import: 'import|imports',
    call: 'call|calls',
    switch: 'switch|switches|switch statement|switch statements|match',
    loop: 'loop|loops|for loop|for loops',
    catch:
      'catch|catch block|catch blocks|catch clause|except|except block|except blocks|exception handler|exception handlers',
    comment: 'comment|comments',
    string: 'string|strings|string literal|string literals|text literals',
    todo: 'todo|todos|todo comment|todo comments',
  },
  quality: {
    exception: 'exception|error',
    public: 'public',
    private: 'private',
    async: 'async|asynchronous',
    exported: 'exported',
    boolean: 'boolean|bool',
  },
  nestedBlocks: { blocks: 'of blocks|blocks|levels of blocks' },
  nounWithQuality: { handler: 'route handlers|route handler|request handlers|endpoints|endpoint' },
  name: { name: 'name|names' },
  nameOf: { nameOf: 'names of|name of' },
  named: { named: 'named|called|whose name is|whose names are' },
  boolean: {
    boolean:
      'that return boolean|that return booleans|which return boolean|returning boolean|returning booleans|that returns boolean|returning bool|that return bool',
  },
  start: {
    start:
      'start with|begin with|starts with|be prefixed with|have the prefix|have prefix|be named with prefix|carry prefix|have names that start with',
  },
  end: {
    end: 'end with|end in|ends with|ending in|be suffixed with|have the suffix|have suffix|that end with|that end in|be named with suffix|have names that end with|have to end with',
  },
  match: { match: 'match|follow|follow pattern|match pattern|match regex' },
  case: {
    camelCase: 'camelcase|camel case|camel-case',
    PascalCase: 'pascalcase|pascal case|pascal-case|uppercamelcase',
    snake_case: 'snake_case|snake case|snake-case',
    UPPER_CASE:
      'upper_case|upper case|upper-case|uppercase|capital letters|capitals|screaming_snake_case|upper_snake_case',
    'kebab-case': 'kebab-case|kebab case',
  },
  underscore: { underscore: 'underscore|underscores' },
  beCalled: { beCalled: 'be called|be named' },
  construct: {
    nestedTernary:
      'nested ternaries|nested ternary|nested ternary operators|nested conditional expressions|nested ternary expressions',
    ternary:
      'ternaries|ternary|ternary operators|conditional expressions|ternary expressions|ternary expression|conditional operators',
    emptyCatch:
      'empty catch blocks|empty catch block|empty catch|empty catches|empty except blocks|empty exception handlers|empty catch clauses|empty except clauses',
    globalVariable:
      'global variables|globals|global variable|mutable globals|global state|mutable global variables|global mutable variables|mutable global state|module-level variables|global mutable state',
    magicNumber: 'magic numbers|magic number',
    defaultExport: 'default exports|default export|export default',
    commentedCode: 'commented-out code|commented out code|dead code in comments',
    nestedFunction: 'nested functions|functions inside functions|nested function|functions in functions',
    nestedLoop: 'nested loops|loops inside loops|nested loop',
    lambda: 'lambdas|lambda|lambda expressions',
    assignmentInCondition:
      'assignments in conditions|assignment in conditions|assignments inside conditions|assignments in condition',
    wildcardImport: 'wildcard imports|star imports|wildcard import|import stars|imports with asterisk',
    relativeImport: 'relative imports|relative import',
    endlessLoop: 'endless loops|infinite loops',
    debugger: 'debugger statements|debugger statement|debugger',
    unsafe: 'unsafe code',
    mutableDefault:
      'mutable default arguments|mutable defaults|mutable default values|mutable default parameters|lists or dictionaries as default arguments',
  },
  unchanged: {
    unchanged:
      'if variable does not change|if variable is not reassigned|if it is never reassigned|when variable does not change',
  },
  elseAfter: { elseAfter: 'after' },
  bare: { bare: 'bare|untyped|naked' },
  blocks: {
    blocks:
      'loop|blocks|block|statements|statement|expressions|loops|comments|comment|type|types|clauses|clause|operator|operators|keyword|statement|declarations',
  },
  typeNoun: { type: 'type|types' },
  import: { import: 'import|depend on' },
  importFrom: { importFrom: 'import from|depend on|import anything from|import' },
  otherTests: { tests: 'other tests' },
  tests: { tests: 'tests|test files|test code|test' },
  that: { imports: 'that imports|that import|which imports|importing' },
  extension: { extension: 'have extension|use extension|end in|have file extension' },
  top: {
    top: 'be at top of file|be at top|come first|be at beginning of file|be first|be at beginning|come before other code|be before other code|precede other code|appear before other code|appear at top of file|appear at top|be placed at top of file|go at top of file|go at top|go first|come before other statements|come before anything else',
  },
  sorted: {
    sorted:
      'be sorted alphabetically|be sorted|be in alphabetical order|be ordered alphabetically|be alphabetical',
  },
  firstMethod: {
    first:
      'be first method of class|be first method|come first|be first|be first member|come before other method|come before other methods|be before other methods|precede other methods|come before other|come before other methods of class|come before other methods in class',
  },
  before: { before: 'come before|be before|be declared before|precede|be defined before|go before' },
  calledBefore: { before: 'be called before|come before|be used before' },
  call: { call: 'call|invoke' },
  beCalledWith: { with: 'be called with|pass|be given|specify|receive|set' },
  awaited: { awaited: 'be awaited|have await|be preceded by await|be preceded by await' },
  inside: {
    inside:
      'be inside|be in|be wrapped in|be within|be surrounded by|stand inside|be enclosed in|be called inside|be called within|be called in|happen inside|be made inside',
  },
  surrounding: {
    loop: 'loop|loops|for loop|for loops|while loops',
    try: 'try|try block|try blocks',
    catch: 'catch|catch blocks|catch block',
    function: 'function|functions',
    constructor: 'constructor|constructors',
    condition: 'condition|conditions|if conditions',
    class: 'class|classes',
    async: 'async functions|async function|asynchronous functions',
    with: 'with|with block|with statement|with blocks',
  },
  docstring: {
    docstring:
      'have docstring|be documented|have documentation|have doc comment|have jsdoc|have docstrings|have doc comments|carry docstring|come with docstring',
  },
  comment: { comment: 'have comment|have comments|be commented' },
  returnType: {
    returnType:
      'declare their return type|declare its return type|declare return type|have return type|have declared return type|state their return type|annotate their return type',
  },
  typed: {
    type: 'have types|have type|be typed|have type annotations|declare their type|have type annotation|be annotated|declare their types',
  },
  defaultCase: {
    defaultCase:
      'have default case|have default|contain default case|contain default|handle default case|have default branch|contain default branch',
  },
  assertion: {
    assertion:
      'have at least one assertion|contain at least one assertion|assert something|have assertion|have assertions|contain assertion',
  },
  startComment: { comment: 'start with comment|begin with comment|have header comment|start with header' },
  endNewline: { newline: 'end with newline|end in newline|end with line break' },
  containAwait: { await: 'contain|use|have' },
  extend: { extend: 'extend|inherit from|derive from|subclass|inherit|be subclasses of' },
  decorator: { decorator: 'have decorator|carry decorator|use decorator|be decorated with|have annotation' },
  mention: {
    issueNumber:
      'mention issue number|reference issue|have issue number|mention issue|reference issue number|link issue|contain issue number',
  },
  returnValue: { value: 'return value|return something' },
  containText: { contain: 'contain|include|mention|have' },
  useConst: { use: 'use|declare their variable with|be written with' },
  quotes: { single: 'single quotes|single-quotes', double: 'double quotes|double-quotes' },
  forStrings: { for: 'for strings|in strings|around strings' },
  layer: {
    domain: 'domain|domain layer',
    infrastructure: 'infrastructure|infrastructure layer',
    application: 'application layer',
    presentation: 'presentation|presentation layer',
    ui: 'ui|user interface',
    database: 'database|database layer',
    core: 'core',
    api: 'api',
    services: 'services|service layer',
    controllers: 'controllers',
    models: 'models',
    views: 'views',
  },
  language: { python: 'python', typescript: 'typescript', javascript: 'javascript', rust: 'rust' },
  languageFiles: { files: 'files|code' },
}
