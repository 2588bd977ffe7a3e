import { test } from 'tap'
import { readSettings } from '../../src/http/settings.js'

test('without any variable the service is local, open and quiet about nothing', async (t) => {
  t.match(readSettings({}), {
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: './data',
    RULEBOOK_DIRS: [],
    REQUIRE_AUTH: 'stored',
    LOG_LEVEL: 'info',
  })
  t.strictSame(readSettings({ PORT: '', SOURCES_DIR: '' }), readSettings({}), 'empty is not given')
})

test('good values are read', async (t) => {
  const folder = t.testdir({ one: {}, two: {}, 'key.pem': '' })
  const settings = readSettings({
    PORT: '0',
    HOST: '0.0.0.0',
    DATABASE_URL: 'postgres://huimin@db/huimin',
    SIGNING_KEY_FILE: `${folder}/key.pem`,
    RULEBOOK_DIRS: `${folder}/one:${folder}/two`,
    SOURCES_DIR: folder,
    REQUIRE_AUTH: 'all',
    OIDC_ISSUER: 'https://id.example/realms/city',
    OIDC_AUDIENCE: 'huimin',
    OIDC_CLIENT_ID: 'huimin-pages',
    RATE_LIMIT: '60',
    LOG_LEVEL: 'warn',
    HUIMIN_KEY_AUDITOR: 'k'.repeat(32),
  })
  t.match(settings, { PORT: 0, RULEBOOK_DIRS: [`${folder}/one`, `${folder}/two`], RATE_LIMIT: 60 })
})

test('a bad value is named in one line, and not repeated', async (t) => {
  const file = `${t.testdir({ file: '' })}/file`
  const bad = [
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['PORT', '3.5'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'mysql://db/secret'],
    ['DATABASE_URL', 'secret'],
    ['SIGNING_KEY_FILE', '/no/such/secret'],
    ['RULEBOOK_DIRS', `${file}:/no/such/secret`],
    ['SOURCES_DIR', '/no/such/secret'],
    ['SOURCES_DIR', file],
    ['REQUIRE_AUTH', 'none'],
    ['REQUIRE_AUTH', 'ALL'],
    ['OIDC_ISSUER', 'ftp://secret'],
    ['OIDC_ISSUER', 'secret'],
    ['OIDC_ISSUER', 'http://id.example/secret'],
    ['OIDC_ISSUER', 'https://id.example/?secret'],
    ['OIDC_ISSUER', 'https://id.example/#secret'],
    ['OIDC_ISSUER', 'https://secret@id.example/'],
    ['OIDC_AUDIENCE', 'a secret'],
    ['OIDC_CLIENT_ID', 'a secret'],
    ['OIDC_CLIENT_ID', '密'],
    ['RATE_LIMIT', '0'],
    ['RATE_LIMIT', 'secret'],
    ['LOG_LEVEL', 'loud'],
    ['HUIMIN_KEY_CASEWORKER', 'secret'],
    ['HUIMIN_KEY_AUDITOR', `${'secret '.repeat(9)}`],
    ['HUIMIN_KEY_AUDITOR', '密'.repeat(40)],
    ['HUIMIN_KEY_PRIVACY', 's'.repeat(31)],
  ] as const
  for (const [name, value] of bad) {
    t.throws(
      () => readSettings({ [name]: value }),
      { message: new RegExp(`^${name} must be [^\\n]+$`) },
      `${name}=${value}`,
    )
    t.throws(() => readSettings({ [name]: value }), { message: /^((?!secret).)*$/ })
  }
})

test('issuer and audience come together', async (t) => {
  t.throws(() => readSettings({ OIDC_AUDIENCE: 'huimin' }), { message: /^OIDC_AUDIENCE must be/ })
  t.throws(() => readSettings({ OIDC_ISSUER: 'https://id.example' }), {
    message: /^OIDC_AUDIENCE must be/,
  })
})

test('the pages have a client at an issuer only', async (t) => {
  t.throws(() => readSettings({ OIDC_CLIENT_ID: 'huimin-pages' }), {
    message: /^OIDC_CLIENT_ID must be .*OIDC_ISSUER/,
  })
})

test('an issuer on this machine may be reached in the clear', async (t) => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const OIDC_ISSUER = `http://${host}:4000`
    t.match(readSettings({ OIDC_ISSUER, OIDC_AUDIENCE: 'huimin' }), { OIDC_ISSUER })
  }
})

test('two roles never share a key', async (t) => {
  const shared = 'k'.repeat(40)
  const both = { HUIMIN_KEY_CASEWORKER: shared, HUIMIN_KEY_PRIVACY: shared }
  t.throws(() => readSettings(both), { message: /^HUIMIN_KEY_PRIVACY must be .*another/ })
  t.match(readSettings({ ...both, HUIMIN_KEY_PRIVACY: 'p'.repeat(40) }), {
    HUIMIN_KEY_CASEWORKER: shared,
  })
})
