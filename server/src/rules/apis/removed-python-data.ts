// What libraries for numbers, tables, pictures and models took away.

import { type ApiEntry, imported, removed, renamed } from './entry.ts'

const NP = { imported: 'import numpy as np', as: 'np' }

const NUMPY: readonly ApiEntry[] = [
  // Aliases of Python's own types; `bool` and `long` came back in 2.0.
  ...Object.entries({
    int: 'int',
    float: 'float',
    object: 'object',
    str: 'str',
    complex: 'complex',
    unicode: 'str',
  }).map(([name, instead]) =>
    removed(
      ...(['python', 'NumPy 1.24', `numpy.${name}`, instead] as const),
      `import numpy as np\nkept = np.zeros(3, dtype=«np.${name}»)`,
      `import numpy as np\nkept = np.zeros(3, dtype=${instead})`,
      { put: instead, fixed: `import numpy as np\nkept = np.zeros(3, dtype=${instead})` },
    ),
  ),
  ...renamed('python', 'NumPy 2.0', 'numpy', NP, {
    ...{ float_: 'float64', complex_: 'complex128', unicode_: 'str_', string_: 'bytes_', Inf: 'inf' },
    ...{ Infinity: 'inf', infty: 'inf', PINF: 'inf', NaN: 'nan', alltrue: 'all', sometrue: 'any' },
    ...{ cumproduct: 'cumprod', product: 'prod', round_: 'round', mat: 'asmatrix', longfloat: 'longdouble' },
    ...{
      clongfloat: 'clongdouble',
      longcomplex: 'clongdouble',
      cfloat: 'complex128',
      singlecomplex: 'complex64',
    },
    ...{ issubsctype: 'issubdtype' },
  }),
  ...(
    [
      ['NINF', '-np.inf'],
      ['PZERO', '0.0'],
      ['NZERO', '-0.0'],
    ] as const
  ).map(([name, put]) =>
    removed(
      ...(['python', 'NumPy 2.0', `numpy.${name}`, put] as const),
      `import numpy as np\nkept = «np.${name}»`,
      `import numpy as np\nkept = ${put}`,
    ),
  ),
  ...imported(removed, 'python', [
    ['NumPy 2.0', 'numpy.msort', 'numpy.sort'],
    ['NumPy 2.0', 'numpy.asfarray', 'numpy.asarray'],
    ['NumPy 2.0', 'numpy.find_common_type', 'numpy.result_type'],
    ['NumPy 2.0', 'numpy.cast', 'numpy.asarray'],
    ['NumPy 2.0', 'numpy.source', 'inspect.getsource'],
    ['NumPy 2.0', 'numpy.lookfor', 'pydoc.apropos'],
    ['NumPy 2.0', 'numpy.who', 'locals()'],
    ['NumPy 2.0', 'numpy.issctype', 'numpy.issubdtype'],
    ['NumPy 2.0', 'numpy.sctypes', 'numpy.dtype'],
    ['NumPy 2.0', 'numpy.set_string_function', 'numpy.set_printoptions'],
    ['NumPy 2.0', 'numpy.compare_chararrays', 'numpy.char.compare_chararrays'],
    ['NumPy 2.0', 'numpy.fastCopyAndTranspose', 'array.T.copy()'],
    ['NumPy 2.0', 'numpy.nbytes', 'numpy.dtype'],
    ['NumPy 2.0', 'numpy.recfromcsv', 'numpy.genfromtxt'],
    ['NumPy 2.0', 'numpy.recfromtxt', 'numpy.genfromtxt'],
    ['NumPy 2.0', 'numpy.safe_eval', 'ast.literal_eval'],
    ['NumPy 2.0', 'numpy.byte_bounds', 'numpy.lib.array_utils.byte_bounds'],
    ['NumPy 2.0', 'numpy.DataSource', 'numpy.lib.npyio.DataSource'],
    ['NumPy 2.0', 'numpy.AxisError', 'numpy.exceptions.AxisError'],
    ['NumPy 2.0', 'numpy.ComplexWarning', 'numpy.exceptions.ComplexWarning'],
    ['NumPy 2.0', 'numpy.VisibleDeprecationWarning', 'numpy.exceptions.VisibleDeprecationWarning'],
    ['NumPy 2.0', 'numpy.RankWarning', 'numpy.exceptions.RankWarning'],
    ['NumPy 1.23', 'numpy.asscalar', 'array.item()'],
  ]),
]

const FRAMES = [
  'pandas.DataFrame',
  'pandas.Series',
  'pandas.read_csv',
  'pandas.read_excel',
  'pandas.read_json',
]

const PANDAS: readonly ApiEntry[] = [
  ...imported(removed, 'python', [
    ['pandas 2.0', 'pandas.Int64Index', 'pandas.Index'],
    ['pandas 2.0', 'pandas.UInt64Index', 'pandas.Index'],
    ['pandas 2.0', 'pandas.Float64Index', 'pandas.Index'],
    ['pandas 2.0', 'pandas.datetime', 'datetime.datetime'],
    ['pandas 2.0', 'pandas.np', 'numpy.array'],
    ['pandas 1.0', 'pandas.Panel', 'pandas.DataFrame'],
    ['pandas 1.0', 'pandas.SparseDataFrame', 'pandas.DataFrame'],
    ['pandas 1.0', 'pandas.SparseSeries', 'pandas.Series'],
    ['pandas 0.23', 'pandas.rolling_mean', 'series.rolling(3).mean()'],
  ]),
  ...(
    [
      ['2.0', 'append', 'pd.concat', '«table.append»(row)', 'table = pd.concat([table, row])'],
      [
        '2.0',
        'iteritems',
        'items',
        'for name, column in «table.iteritems»():\n    show(name, column)',
        'for name, column in table.items():\n    show(name, column)',
      ],
      [
        '2.0',
        'mad',
        '(x - x.mean()).abs().mean()',
        'kept = «table.mad»()',
        'kept = (table - table.mean()).abs().mean()',
      ],
      ['2.0', 'lookup', 'melt', 'kept = «table.lookup»(rows, columns)', 'kept = table.melt(rows)'],
      ['1.0', 'ix', 'loc', 'kept = «table.ix»[0]', 'kept = table.loc[0]'],
      ['1.0', 'as_matrix', 'to_numpy', 'kept = «table.as_matrix»()', 'kept = table.to_numpy()'],
      ['1.0', 'get_value', 'at', "kept = «table.get_value»(0, 'a')", "kept = table.at[0, 'a']"],
      ['1.0', 'set_value', 'at', "«table.set_value»(0, 'a', 1)", "table.at[0, 'a'] = 1"],
    ] as const
  ).map(([version, name, instead, invalid, valid]) =>
    removed(
      ...(['python', `pandas ${version}`, `pandas.DataFrame.${name}`, instead] as const),
      `import pandas as pd\ntable = pd.read_csv('a.csv')\n${invalid}`,
      `import pandas as pd\ntable = pd.read_csv('a.csv')\n${valid}`,
      { as: 'method', makers: FRAMES },
    ),
  ),
  ...(
    [
      ['2.0', 'read_csv', 'error_bad_lines', "on_bad_lines='skip'", 'False'],
      ['2.0', 'read_csv', 'warn_bad_lines', "on_bad_lines='warn'", 'True'],
      ['2.0', 'read_csv', 'squeeze', ".squeeze('columns')", 'True'],
      ['2.0', 'read_csv', 'prefix', 'names=', "'x'"],
      ['2.0', 'date_range', 'closed', "inclusive='left'", "'left'"],
      ['1.0', 'concat', 'join_axes', '.reindex(index)', '[index]'],
    ] as const
  ).map(([version, name, option, instead, value]) =>
    removed(
      ...(['python', `pandas ${version}`, `pandas.${name}`, instead] as const),
      `import pandas as pd\nkept = «pd.${name}»(source, ${option}=${value})`,
      `import pandas as pd\nkept = pd.${name}(source)`,
      {
        ...{ as: 'call', case: option, when: { option: { [option]: /./ } } },
        why: {
          en: `The parameter \`${option}\` was removed there: the call raises a \`TypeError\`.`,
          es: `El parámetro \`${option}\` se eliminó entonces: la llamada lanza un \`TypeError\`.`,
        },
      },
    ),
  ),
]

const TF2 = (names: Readonly<Record<string, string>>) =>
  imported(
    removed,
    'python',
    Object.entries(names).map(
      ([name, instead]) => ['TensorFlow 2.0', `tensorflow.${name}`, instead] as const,
    ),
  )

export const REMOVED_PYTHON_DATA: readonly ApiEntry[] = [
  ...NUMPY,
  ...PANDAS,
  ...imported(removed, 'python', [
    ['SciPy 1.2', 'scipy.misc.imread', 'imageio.v3.imread'],
    ['SciPy 1.2', 'scipy.misc.imsave', 'imageio.v3.imwrite'],
    ['SciPy 1.3', 'scipy.misc.imresize', 'skimage.transform.resize'],
    ['SciPy 1.14', 'scipy.integrate.trapz', 'scipy.integrate.trapezoid'],
    ['SciPy 1.14', 'scipy.integrate.simps', 'scipy.integrate.simpson'],
    ['SciPy 1.14', 'scipy.integrate.cumtrapz', 'scipy.integrate.cumulative_trapezoid'],
    ['SciPy 1.12', 'scipy.stats.binom_test', 'scipy.stats.binomtest'],
    [
      'scikit-learn 0.20',
      'sklearn.cross_validation.train_test_split',
      'sklearn.model_selection.train_test_split',
    ],
    ['scikit-learn 0.20', 'sklearn.grid_search.GridSearchCV', 'sklearn.model_selection.GridSearchCV'],
    ['scikit-learn 0.20', 'sklearn.learning_curve.learning_curve', 'sklearn.model_selection.learning_curve'],
    ['scikit-learn 0.23', 'sklearn.externals.joblib', 'joblib.load'],
    ['scikit-learn 0.23', 'sklearn.externals.six', 'six.text_type'],
    ['scikit-learn 0.22', 'sklearn.preprocessing.Imputer', 'sklearn.impute.SimpleImputer'],
    ['scikit-learn 0.20', 'sklearn.mixture.GMM', 'sklearn.mixture.GaussianMixture'],
    ['scikit-learn 0.22', 'sklearn.datasets.fetch_mldata', 'sklearn.datasets.fetch_openml'],
    ['scikit-learn 1.2', 'sklearn.datasets.load_boston', 'sklearn.datasets.fetch_california_housing'],
    ['scikit-learn 1.2', 'sklearn.metrics.plot_confusion_matrix', 'sklearn.metrics.ConfusionMatrixDisplay'],
    ['scikit-learn 1.2', 'sklearn.metrics.plot_roc_curve', 'sklearn.metrics.RocCurveDisplay'],
    [
      'scikit-learn 1.2',
      'sklearn.metrics.plot_precision_recall_curve',
      'sklearn.metrics.PrecisionRecallDisplay',
    ],
    ['matplotlib 3.9', 'matplotlib.cm.get_cmap', 'matplotlib.colormaps'],
    ['matplotlib 3.0', 'matplotlib.pyplot.hold', 'matplotlib.pyplot.plot'],
    ['matplotlib 3.1', 'matplotlib.mlab.normpdf', 'scipy.stats.norm'],
    ['NetworkX 3.0', 'networkx.from_numpy_matrix', 'networkx.from_numpy_array'],
    ['NetworkX 3.0', 'networkx.to_numpy_matrix', 'networkx.to_numpy_array'],
    ['NetworkX 3.0', 'networkx.info', 'print(graph)'],
    ['NetworkX 3.0', 'networkx.write_gpickle', 'pickle.dump'],
    ['NetworkX 3.0', 'networkx.read_gpickle', 'pickle.load'],
    ['NetworkX 3.0', 'networkx.OrderedGraph', 'networkx.Graph'],
    ['OpenAI 1.0', 'openai.ChatCompletion', 'openai.OpenAI'],
    ['OpenAI 1.0', 'openai.Completion', 'openai.OpenAI'],
    ['OpenAI 1.0', 'openai.Embedding', 'openai.OpenAI'],
  ]),
  ...renamed(
    'python',
    'Pillow 10',
    'PIL.Image',
    { imported: 'from PIL import Image', as: 'Image' },
    {
      ANTIALIAS: 'LANCZOS',
      LINEAR: 'BILINEAR',
      CUBIC: 'BICUBIC',
    },
  ),
  ...(
    [
      [
        'PIL.ImageDraw.Draw',
        'textsize',
        'textbbox',
        'from PIL import ImageDraw\npen = ImageDraw.Draw(picture)',
      ],
      [
        'PIL.ImageFont.truetype',
        'getsize',
        'getbbox',
        "from PIL import ImageFont\npen = ImageFont.truetype('a.ttf')",
      ],
    ] as const
  ).map(([maker, name, instead, made]) =>
    removed(
      ...(['python', 'Pillow 10', `${maker}.${name}`, instead] as const),
      `${made}\nkept = «pen.${name}»(text)`,
      `${made}\nkept = pen.${instead}((0, 0), text)`,
      { as: 'method', makers: [maker] },
    ),
  ),
  ...TF2({
    Session: 'tensorflow.function',
    InteractiveSession: 'tensorflow.function',
    placeholder: 'tensorflow.keras.Input',
    global_variables_initializer: 'tensorflow.Variable',
    get_variable: 'tensorflow.Variable',
    variable_scope: 'tensorflow.name_scope',
    reset_default_graph: 'tensorflow.keras.backend.clear_session',
    ConfigProto: 'tensorflow.config.set_soft_device_placement',
    truncated_normal: 'tensorflow.random.truncated_normal',
    random_normal: 'tensorflow.random.normal',
    random_uniform: 'tensorflow.random.uniform',
    set_random_seed: 'tensorflow.random.set_seed',
    to_float: 'tensorflow.cast',
    to_int32: 'tensorflow.cast',
    log: 'tensorflow.math.log',
    mod: 'tensorflow.math.floormod',
    div: 'tensorflow.math.divide',
    app: 'absl.app',
    flags: 'absl.flags',
    contrib: 'tensorflow_addons.layers',
    layers: 'tensorflow.keras.layers',
    logging: 'absl.logging',
    gfile: 'tensorflow.io.gfile',
    assign: 'variable.assign(value)',
    trainable_variables: 'model.trainable_variables',
    enable_eager_execution: 'tensorflow.executing_eagerly',
    Print: 'tensorflow.print',
    py_func: 'tensorflow.py_function',
    'train.AdamOptimizer': 'tensorflow.keras.optimizers.Adam',
    'train.GradientDescentOptimizer': 'tensorflow.keras.optimizers.SGD',
    'train.Saver': 'tensorflow.train.Checkpoint',
    'summary.FileWriter': 'tensorflow.summary.create_file_writer',
  }),
]
