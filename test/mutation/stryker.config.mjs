// Mutation testing by hand, one folder at a time: MUTATE=engine, see "Mutation testing" in test/README.md.
// The runner starts a process for every test file, most of whose time goes into loading:
// one-process.ts runs those of a folder in one, and the slowest tests, which draw many samples, stay out.
const ONE_PROCESS = 'mutation/one-process'
const FOLDERS = {
  engine: {
    tests: [ONE_PROCESS],
    slow: '/asking (the first|a citizen)|one key read|500 overlapping|more sets of|hold what they turn|takes too long/',
  },
  rulebook: { tests: [ONE_PROCESS], slow: '/RFC 8785/' },
  model: {
    tests: [ONE_PROCESS, 'ledger/verify.test'],
    slow: '/has no fault that a linter|client.d.ts are|schema of every file|whole form that its schema/',
  },
  // Most of these tests wait for a database: of each mutant only those run that reach it.
  ledger: {
    files: ['src/ledger/*.ts'],
    tests: [
      'ledger/arrears.test',
      'ledger/backup.test',
      'ledger/compare-determinations.test',
      'ledger/golden.test',
      'ledger/ledger.test',
      'ledger/merkle-tree.test',
      'ledger/reads.test',
      'ledger/recalculate.test',
      'ledger/replay.test',
      'ledger/signed-note.test',
      'ledger/verify.test',
      'http/decisions.test',
      'http/openapi.test',
      'cli/ledger.test',
    ],
    slow: '/a linter knows|client.d.ts are|prints the document|the example|the portal|more than a page of|any file of the data folder|a second process|PostgreSQL|who may do what|is of one moment|says how far it is/',
  },
  'ledger/stores': {
    tests: ['ledger/stores.test', 'ledger/backup.test', 'cli/ledger.test', 'http/decisions.test'],
    slow: '/by itself within|come and go|who may do what/',
  },
}

const folder = process.env.MUTATE
if (!(folder in FOLDERS)) throw new Error(`MUTATE is one of ${Object.keys(FOLDERS).join(', ')}`)
const { files = [`src/${folder}/**/*.ts`], tests, slow } = FOLDERS[folder]
const name = folder.replace('/', '-')
Object.assign(process.env, {
  TAP_GREP: slow,
  TAP_INVERT: '1',
  TAP_TIMEOUT: '300',
  PROPERTY_RUNS: '60',
})

export default {
  plugins: ['@stryker-mutator/tap-runner'],
  testRunner: 'tap',
  tap: {
    testFiles: tests.map((test) => `test/${test}.js`),
    forceBail: true,
    nodeArgs: ['-r', '{{hookFile}}', '{{testFile}}'],
  },
  buildCommand: 'tsc -p test/mutation',
  mutate: files,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: `.stryker/${name}.incremental.json`,
  tempDirName: '.stryker/sandbox',
  ignorePatterns: ['.bench', '.screenshots', '.tap', 'data', '.stryker'],
  reporters: ['clear-text', 'progress-append-only', 'json', 'event-recorder'],
  jsonReporter: { fileName: `.stryker/${name}.json` },
  eventReporter: { baseDir: `.stryker/${name}.events` },
  clearTextReporter: { allowColor: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
}
