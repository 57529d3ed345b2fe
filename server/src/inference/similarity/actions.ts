// What the four languages call the same deed: `len(x)`, `x.length` and `x.len()` are one.

/** The deed behind a called or accessed name; undefined when the name says it itself. */
export function actionOf(name: string): string | undefined {
  return ACTIONS.get(name)
}

/** The name is there because Rust or JavaScript wants it so, and says nothing of what is done. */
export function isCeremony(name: string): boolean {
  return CEREMONY.has(name)
}

const ACTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    size: 'len length size __len__',
    append: 'append push push_back push_str pushBack add_last addLast',
    extend: 'extend concat extend_from_slice chain update assign',
    print: 'print println eprintln eprint log debug info dbg writeln printf',
    fail: 'panic Err Error ValueError TypeError RangeError KeyError IndexError Exception RuntimeError NotImplementedError ReferenceError SyntaxError bail anyhow unreachable todo unimplemented reject ensure',
    nothing: 'None null undefined is_none is_some isNull isUndefined isNil',
    text: 'str String toString to_string format fmt __str__ __repr__ from_utf8 repr from_utf8_lossy',
    integer:
      'int parseInt parse from_str from_str_radix try_into usize u8 u32 u64 i32 i64 isize trunc truncate',
    real: 'float parseFloat f64 f32 toFixed toPrecision',
    cast: 'Number bool Boolean BigInt',
    join: 'join',
    split: 'split split_whitespace splitlines lines split_once splitn rsplit split_at partition rpartition',
    upper: 'upper toUpperCase to_uppercase to_ascii_uppercase toLocaleUpperCase',
    lower: 'lower toLowerCase to_lowercase to_ascii_lowercase toLocaleLowerCase casefold',
    capital: 'capitalize title capitalise swapcase',
    strip: 'strip trim lstrip rstrip trim_start trim_end trimStart trimEnd trim_matches trimLeft trimRight',
    replace: 'replace replaceAll replacen translate sub',
    'starts with': 'startswith startsWith starts_with strip_prefix removeprefix',
    'ends with': 'endswith endsWith ends_with strip_suffix removesuffix',
    contains: 'includes contains has contains_key hasOwnProperty __contains__ hasOwn has_key',
    'index of': 'find indexOf index position rfind lastIndexOf findIndex rposition search findLastIndex',
    slice: 'slice substring substr subarray get_range islice',
    splice: 'splice drain',
    reverse: 'reversed reverse rev toReversed',
    sort: 'sorted sort sort_by sort_unstable sort_by_key sort_unstable_by sort_unstable_by_key toSorted sortBy',
    maximum: 'max max_by max_by_key amax maxBy',
    minimum: 'min min_by min_by_key amin minBy',
    absolute: 'abs fabs unsigned_abs',
    floor: 'floor div_euclid',
    ceiling: 'ceil',
    round: 'round',
    root: 'sqrt isqrt cbrt',
    power: 'pow powi powf checked_pow power pow_mod powMod',
    exponential: 'exp',
    logarithm: 'ln log10 log2 ilog2 ilog10 ilog',
    remainder: 'rem_euclid fmod divmod',
    sum: 'sum fsum sumBy',
    product: 'product prod',
    'any of': 'any some',
    'all of': 'all every',
    map: 'map for_each forEach flat_map flatMap filter_map',
    filter: 'filter retain takewhile take_while',
    fold: 'reduce fold accumulate reduceRight try_fold scan',
    zip: 'zip zip_longest',
    enumerate: 'enumerate entries',
    range: 'range arange step_by xrange',
    items: 'items iteritems',
    keys: 'keys into_keys',
    values: 'values into_values values_mut',
    insert: 'insert set add put setdefault or_insert or_default entry or_insert_with setItem __setitem__',
    remove: 'remove delete del discard unlink removeItem remove_file rm pop_at',
    pop: 'pop pop_back pop_last',
    'take first': 'popleft shift pop_front dequeue pop_first',
    'put first': 'appendleft unshift push_front',
    enqueue: 'enqueue',
    first: 'first front head first_mut',
    last: 'last back tail peek at last_mut',
    get: 'get get_mut getattr getItem __getitem__ get_or_insert charAt char_at nth',
    'code of character': 'ord charCodeAt codePointAt as_bytes bytes to_digit',
    'character of code': 'chr fromCharCode fromCodePoint from_u32 from_digit from_digit',
    'is digit': 'isdigit is_ascii_digit is_digit is_numeric isnumeric isNaN isdecimal isInteger is_integer',
    'is letter': 'isalpha is_alphabetic is_ascii_alphabetic isalnum is_alphanumeric is_ascii_alphanumeric',
    'is upper': 'isupper is_uppercase is_ascii_uppercase',
    'is lower': 'islower is_lowercase is_ascii_lowercase',
    'is space': 'isspace is_whitespace is_ascii_whitespace',
    swap: 'swap',
    random: 'random randint gen_range thread_rng rand choice shuffle randrange uniform gen',
    now: 'now time perf_counter monotonic utcnow elapsed Date',
    sleep: 'sleep setTimeout setInterval',
    'parse json': 'loads from_slice',
    'write json': 'dumps stringify to_string_pretty',
    'is a': 'isinstance instanceof issubclass is_instance isArray',
    hash: 'hash hexdigest digest finalize sha256 md5',
    copy: 'copy deepcopy structuredClone cloneDeep copy_from_slice clone_from_slice',
    fill: 'fill full zeros ones repeat resize full_like vec',
    set: 'HashSet Set BTreeSet frozenset',
    dictionary: 'dict HashMap Map BTreeMap defaultdict OrderedDict WeakMap Counter Object',
    list: 'list Array Vec tuple VecDeque deque from_iter Deque',
    infinity:
      'inf Infinity INFINITY MAX MAX_SAFE_INTEGER maxsize MAX_VALUE POSITIVE_INFINITY NEG_INFINITY NEGATIVE_INFINITY MIN_SAFE_INTEGER MIN',
    assert:
      'assert_eq assert debug_assert assert_ne assertEqual assertEquals toBe toEqual strictEqual expect',
    read: 'read readFileSync read_to_string readFile read_text readlines read_line readline',
    write: 'write write_all writeFileSync writeFile write_text',
    open: 'open create_dir_all mkdirSync',
    input: 'input prompt stdin',
    exit: 'exit process_exit quit abort',
    sine: 'sin',
    cosine: 'cos',
    tangent: 'tan',
    pi: 'pi PI',
    spawn: 'spawn Popen exec fork execSync check_output',
  }).flatMap(([deed, names]) => names.split(' ').map(it => [it, deed] as const)),
)

const CEREMONY: ReadonlySet<string> = new Set(
  (
    'Some Ok unwrap clone iter collect into to_owned as_ref iter_mut into_iter cloned copied expect ok_or ok_or_else ' +
    'as_mut as_str borrow borrow_mut as_deref as_slice unwrap_or unwrap_or_default unwrap_or_else new default from ' +
    'with_capacity to_vec chars Box Rc Arc RefCell Option Result Self self map_err ok err and_then as_bytes_mut ' +
    'console Math math std io fmt cmp prototype window globalThis this cls super object static lock await then call bind apply ' +
    'saturating_sub checked_add checked_sub wrapping_add wrapping_sub wrapping_mul checked_mul T Vec_new as_deref_mut ' +
    '__init__ take replace_with'
  ).split(' '),
)
