// Mutation testing by hand, one folder at a time: MUTATE=engine, see "Mutation testing" in test/README.md.
// The runner starts a process for every test file, most of whose time goes into loading:
// one-process.ts runs them all in one, and the slowest tests, which draw many samples, stay out.
const SLOW = {
  engine:
    '/asking (the first|a citizen)|one key read|500 overlapping|more sets of|hold what they turn|takes too long/',
  rulebook: '/RFC 8785/',
  ledger: '/more than a page of|by itself within|any file of the data folder|a second process/',
  model: '/has no fault that a linter|client.d.ts are/',
}

const folder = process.env.MUTATE
if (!(folder in SLOW)) throw new Error(`MUTATE is one of ${Object.keys(SLOW).join(', ')}`)
Object.assign(process.env, {
  TAP_GREP: SLOW[folder],
  TAP_INVERT: '1',
  TAP_TIMEOUT: '300',
  PROPERTY_RUNS: '60',
})

export default {
  plugins: ['@stryker-mutator/tap-runner'],
  testRunner: 'tap',
  tap: {
    testFiles: ['test/mutation/one-process.js'],
    forceBail: true,
    nodeArgs: ['-r', '{{hookFile}}', '{{testFile}}'],
  },
  buildCommand: 'tsc -p test/mutation',
  mutate: [`src/${folder}/**/*.ts`],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: `.stryker/${folder}.incremental.json`,
  tempDirName: '.stryker/sandbox',
  ignorePatterns: ['.bench', '.screenshots', '.tap', 'data', '.stryker'],
  reporters: ['clear-text', 'progress-append-only', 'json', 'event-recorder'],
  jsonReporter: { fileName: `.stryker/${folder}.json` },
  eventReporter: { baseDir: `.stryker/${folder}.events` },
  clearTextReporter: { allowColor: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
}
