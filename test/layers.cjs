// The import directions of src, checked by dependency-cruiser (`npm run layers`).
// Each layer and the layers it may import; a folder that is not listed here may not be imported.
const BELOW = {
  model: [],
  engine: ['model'],
  rulebook: ['model', 'engine'],
  determination: ['model', 'engine', 'rulebook'],
  ledger: ['model', 'engine', 'rulebook', 'determination'],
  screening: ['model', 'engine', 'rulebook', 'determination'],
  http: ['model', 'engine', 'rulebook', 'determination', 'ledger', 'screening'],
  // The API's own description is built by http and written by a command.
  cli: ['model', 'engine', 'rulebook', 'determination', 'ledger', 'screening', 'http'],
  // The pages know the service only through its generated client (openapi/).
  web: [],
}

const TESTS = '^test/.*[.]test[.]ts$'
const ENTRIES = '^src/(cli/main|http/server)[.]ts$'

const inside = (...layers) => `^src/(${layers.join('|')})/`
const outside = (...layers) => `^src/(?!(${layers.join('|')})/)`
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`

const directions = Object.entries(BELOW).map(([layer, below]) => ({
  name: `${layer}-imports-${below.join('-') || 'nothing-of-ours'}`,
  severity: 'error',
  from: { path: inside(layer) },
  to: { path: outside(layer, ...below) },
}))

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    ...directions,
    forbid(
      'known-layers-only',
      'a new folder in src gets its place in BELOW first',
      { path: outside(...Object.keys(BELOW)) },
      { path: '.' },
    ),
    forbid(
      'core-without-io',
      'model and engine are pure: no node: module but crypto',
      { path: inside('model', 'engine') },
      { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    ),
    forbid(
      'fastify-in-http-only',
      'only http knows the web server',
      { path: '^src/', pathNot: inside('http') },
      { path: packages('fastify', '@fastify', 'fastify-zod-openapi') },
    ),
    forbid(
      'json-rules-engine-in-its-adapter',
      'one adapter guards against the traps of json-rules-engine',
      { path: '^src/', pathNot: '^src/engine/json-rules-engine[^/]*[.]ts$' },
      { path: packages('json-rules-engine', 'jsonpath-plus') },
    ),
    forbid(
      'screening-without-evaluator',
      'SQL and the evaluator must agree by proof, not by sharing code',
      { path: inside('screening') },
      { path: '^src/engine/(compile|evaluate|run|json-rules-engine)[^/]*[.]ts$' },
    ),
    forbid(
      'pages-know-the-api-only',
      'of this project the pages import the generated types of the API, nothing else',
      { path: inside('web') },
      {
        path: '^(?!src/web/|openapi/client[.]d[.]ts$|node_modules/)',
        dependencyTypesNot: ['core'],
      },
    ),
    forbid(
      'src-without-tests',
      'the product never imports what tests it',
      { path: '^src/' },
      { path: '^test/' },
    ),
    // Coverage sees only files that were loaded: a file no test reaches would slip past it.
    forbid(
      'every-file-reached',
      'a test, or an entry that tests start, imports it',
      { path: [TESTS, ENTRIES] },
      { path: '^src/', pathNot: [inside('web'), ENTRIES], reachable: false },
    ),
    forbid(
      'declared-packages-only',
      'a package must be a dependency of ours, not of one of ours',
      { path: '^src/', pathNot: inside('web') },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    ),
    forbid('no-unresolved', 'the import leads nowhere', {}, { couldNotResolve: true }),
    // Types that name each other (a condition counts, a count has a condition) vanish at run time.
    forbid(
      'no-cycles',
      'a cycle is one file pretending to be several',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
  ],
  options: {
    // A type-only import is a dependency on a layer too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
