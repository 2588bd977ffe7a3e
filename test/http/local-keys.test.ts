import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { test } from 'tap'
import { authenticateLocally, localKeys } from '../../src/http/access/local-keys.js'

const given = {
  HUIMIN_KEY_CASEWORKER: 'c'.repeat(32),
  HUIMIN_KEY_AUDITOR: 'a'.repeat(32),
  HUIMIN_KEY_PRIVACY: 'p'.repeat(32),
}

test('keys are made once, for the owner of the folder only, and kept', async (t) => {
  const folder = `${t.testdir()}/data`
  const keys = localKeys({ DATA_DIR: folder })
  t.equal(statSync(`${folder}/local-keys.json`).mode & 0o777, 0o600)
  t.equal(statSync(folder).mode & 0o777, 0o700)
  t.equal(new Set(Object.values(keys)).size, 3)
  for (const key of Object.values(keys)) t.match(key, /^[\w-]{43}$/)
  t.strictSame(localKeys({ DATA_DIR: folder }), keys)
  t.strictSame(JSON.parse(readFileSync(`${folder}/local-keys.json`, 'utf8')), keys)
})

test('a key of the environment takes the place of that in the file; with all three there is no file', async (t) => {
  const folder = t.testdir()
  t.strictSame(localKeys({ DATA_DIR: folder, ...given }), {
    caseworker: given.HUIMIN_KEY_CASEWORKER,
    auditor: given.HUIMIN_KEY_AUDITOR,
    privacy: given.HUIMIN_KEY_PRIVACY,
  })
  t.throws(() => readFileSync(`${folder}/local-keys.json`), { code: 'ENOENT' })
  const { HUIMIN_KEY_PRIVACY } = given
  const keys = localKeys({ DATA_DIR: folder, HUIMIN_KEY_PRIVACY })
  t.equal(keys.privacy, HUIMIN_KEY_PRIVACY)
  t.not(keys.auditor, given.HUIMIN_KEY_AUDITOR)
})

test('a file that does not hold three good keys stops the start, and is not repeated', async (t) => {
  for (const text of ['secret', '{"caseworker":"secret"}']) {
    const folder = t.testdir({ 'local-keys.json': text })
    t.throws(() => localKeys({ DATA_DIR: folder }), {
      message: /^((?!secret).)*does not hold three keys/,
    })
  }
  const folder = t.testdir()
  symlinkSync('nowhere', `${folder}/local-keys.json`)
  t.throws(() => localKeys({ DATA_DIR: folder }), /does not hold three keys/)
  writeFileSync(`${folder}/file`, '')
  t.throws(() => localKeys({ DATA_DIR: `${folder}/file` }), /^DATA_DIR .* cannot be used: [A-Z]+$/)
})

test('each key is good for its role, and no other is good for anything', async (t) => {
  const authenticate = authenticateLocally({ caseworker: 'c', auditor: 'a', privacy: 'p' })
  t.strictSame(await authenticate('c'), {
    actor: 'local-caseworker',
    office: 'local',
    scopes: ['decisions:write', 'decisions:read'],
  })
  t.strictSame(await authenticate('a'), { actor: 'local-auditor', office: null, scopes: ['audit'] })
  t.strictSame(await authenticate('p'), {
    actor: 'local-privacy',
    office: null,
    scopes: ['privacy'],
  })
  for (const key of ['', 'C', 'cc', 'x']) t.equal(await authenticate(key), null)
})
