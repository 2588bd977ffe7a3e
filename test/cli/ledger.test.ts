import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { type Test, test } from 'tap'
import { writeLines } from '../../src/cli/write-lines.js'
import { backupLines } from '../../src/ledger/backup.js'
import { parseCheckpoint } from '../../src/ledger/checkpoint.js'
import { eraseFacts } from '../../src/ledger/erase-facts.js'
import { openLedger } from '../../src/ledger/open-ledger.js'
import { openReader } from '../../src/ledger/open-reader.js'
import type { StoredEntry, StoredKey } from '../../src/ledger/stores/store.js'
import { BASE } from '../support/rulebooks.js'
import { runHuimin } from '../support/run-huimin.js'
import { noSmallDisk, smallDisk } from '../support/small-disk.js'
import { freshSchema, noPostgres, STORES } from '../support/stores.js'
import { AFTER_CORRECTION, BEFORE_CORRECTION, decide } from '../support/town-ledger.js'
import { until } from '../support/until.js'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

const LEDGER_COMMANDS = [
  'keys',
  'replay x',
  'recalculate',
  'export --out file',
  'checkpoint --to new',
  'backup --to file',
]

/** A ledger of three decisions, a service that still runs on it, and the command line beside it. */
async function beside(t: Test, url?: string) {
  const folder = t.testdir({ data: {}, out: {} })
  const place = { DATA_DIR: `${folder}/data`, ...(url !== undefined && { DATABASE_URL: url }) }
  const ledger = await openLedger(place, () => new Date(AFTER_CORRECTION))
  t.teardown(() => ledger.close().catch(() => {}))
  const decisions = [
    await decide(ledger, { asOf: '2020-06-15' }),
    await decide(
      ledger,
      {
        programmes: ['town/elders'],
        asOf: '2024-01-01',
        household: { members: [{ id: 'm1', dateOfBirth: '1940-01-01' }] },
      },
      BEFORE_CORRECTION,
    ),
    await decide(ledger),
  ]
  await until(async () => (await ledger.store.size()) === 3)
  const run = (line: string, env: Record<string, string> = {}) =>
    runHuimin(line, {
      cwd: folder,
      project: BASE,
      env: { DATA_DIR: 'data', ...(url !== undefined && { DATABASE_URL: url }), ...env },
    })
  return { folder, place, ledger, decisions, run }
}

test('huimin replay says whether a decision comes out the same, and how it differs', async (t) => {
  const { run, decisions, ledger } = await beside(t)
  const [living, elders] = decisions
  t.strictSame(await run(`replay ${living?.id}`), { code: 0, out: 'reproduced\n', err: '' })
  t.match(JSON.parse((await run(`replay ${elders?.id} --json`)).out), {
    reproduced: true,
    differences: [],
  })
  const now = await run(`replay ${elders?.id} --current`)
  t.match(now, {
    code: 0,
    out: /^programme +subject +field +recorded +replayed\ntown\/elders +m1 +outcome +"eligible" +null\n$/,
  })
  t.match(await run(`replay ${living?.id} --as-of 2015-06-01 --known-at 2026-11-21T12:00:00Z`), {
    code: 0,
    out: /household +outcome/,
  })
  t.match(await run('replay none'), {
    code: 2,
    err: 'there is no decision with this ID\n',
  })
  t.match(await run(`replay ${living?.id} --as-of x`), { code: 2, err: /^--as-of: [^\n]+\n$/ })
  const entry = await ledger.store.entry(living?.id as string)
  await eraseFacts(ledger, entry as never, { actor: 'p', office: null }, new Date())
  t.match(await run(`replay ${living?.id}`), { code: 1, err: 'The facts were erased\n' })
})

test('what was changed behind the ledger’s back does not come out the same, exit 1', async (t) => {
  const { run, decisions, folder } = await beside(t)
  const database = new Database(`${folder}/data/ledger.db`)
  database.exec('drop trigger facts_no_update')
  database
    .prepare('update facts set facts = replace(facts, \'"amount":200\', \'"amount":900\')')
    .run()
  database.close()
  const { code, out } = await run(`replay ${decisions[0]?.id}`)
  t.equal(code, 1)
  t.match(out, new RegExp(`^${decisions[0]?.id} has other facts than its body commits to: `))
  t.match(out, /town\/living +household +amount +900 +200\n/)
})

test('a decision that comes out the same is still not good when its entry was altered', async (t) => {
  const { run, decisions, folder } = await beside(t)
  const database = new Database(`${folder}/data/ledger.db`)
  database.exec('drop trigger entries_no_update')
  database.prepare('update entries set body = replace(body, \'"eligible"\', \'"unknown"\')').run()
  database.close()
  const id = decisions[0]?.id
  t.match(await run(`replay ${id}`), {
    code: 1,
    out: new RegExp(
      `^${id} was altered: its bytes do not have its leaf hash
programme +subject +field +recorded +replayed
all +all +leafHash +"\\S+" +"\\S+"
town/living +household +outcome +"unknown" +"eligible"\n$`,
    ),
  })
  t.match(JSON.parse((await run(`replay ${id} --json`)).out), {
    reproduced: false,
    altered: /^was altered: /,
  })
  t.match(await run('recalculate --recorded'), {
    code: 1,
    out: new RegExp(
      `${id} case-1 cannot be replayed: it was altered\n(.*\n)*3 decisions, 0 change; .*3 not replayed`,
    ),
  })
  t.match(await run('recalculate'), { code: 0, out: /not replayed/ }, 'the worklist is no verdict')
})

test('facts that vanished without an erasure are missing, not erased, whoever asks', async (t) => {
  const { run, decisions, folder } = await beside(t)
  const id = decisions[0]?.id
  const database = new Database(`${folder}/data/ledger.db`)
  database.exec(`drop trigger facts_no_delete; delete from facts where entry_id = '${id}'`)
  database.close()
  t.strictSame(await run(`replay ${id}`), {
    code: 1,
    out: '',
    err: 'Not found: the facts are missing although nobody erased them\n',
  })
  t.match(
    (await run('recalculate --recorded')).out,
    `${id} case-1 cannot be replayed: the facts are missing although nobody erased them\n3 decisions, 0 change; arrears 0, overpayment 0; 0 erased, 1 not replayed\n`,
  )
  writeFileSync(`${folder}/keys`, (await run('keys')).out)
  await run('export --out log --with-facts')
  t.match(await run('verify log --public-key keys'), {
    code: 1,
    out: `facts-missing: entry 0, ${id}, has no facts here`,
  })
  await run('export --out bare')
  t.match(await run('verify bare --public-key keys'), { code: 0 })
  const text = readFileSync(`${folder}/bare`, 'utf8')
  writeFileSync(`${folder}/windows`, text.replaceAll('\n', '\r\n'))
  t.match(
    await run('verify windows --public-key keys'),
    { code: 0 },
    'lines that end as on Windows',
  )
  writeFileSync(`${folder}/unclean`, Buffer.from(text.replace('{', '{"a":"ÿ",'), 'latin1'))
  t.match(await run('verify unclean --public-key keys'), {
    code: 1,
    out: /^unreadable: line 1 is not clean UTF-8\n/,
  })
  const asked = await run('verify bare --public-key keys --with-facts --json')
  t.match([asked.code, JSON.parse(asked.out).findings.length], [1, 3])
})

test('an export shows that the end of the log was removed, for its checkpoints go with it', async (t) => {
  const { run, ledger, folder } = await beside(t)
  await until(async () => (await ledger.store.latestCheckpoint())?.size === 3)
  await run('checkpoint --to out')
  await ledger.close()
  const database = new Database(`${folder}/data/ledger.db`)
  database.exec('drop trigger log_no_delete; delete from log where leaf_index = 2')
  database.close()
  await run('export --out log')
  t.match(await run('verify log --public-key out/public-keys'), {
    code: 1,
    out: /^truncated: the checkpoint on line \d+ covers 3 entries, of which 2 are here: the log was cut short\n/,
  })
})

test('a decision whose rules were lost does not replay, exit 1', async (t) => {
  const { run, decisions } = await beside(t)
  const { err, code } = await runHuimin(`replay ${decisions[0]?.id}`, {
    cwd: process.cwd(),
    env: { DATA_DIR: `${t.testdirName}/data` },
  })
  t.match([code, err], [1, /^The rulebook has changed: household\..* is lost from the rulebook/])
  t.equal((await run('replay')).code, 2)
})

test('huimin recalculate lists what changes', async (t) => {
  const { run, decisions } = await beside(t)
  const { code, out } = await run('recalculate')
  t.equal(code, 0)
  t.match(
    out,
    new RegExp(
      `^${decisions[1]?.id} case-1 town/elders: eligible 100 -> not determined; \\d+ months from 2024-01-01: arrears 0, overpayment \\d+00\n3 decisions, 1 change; `,
    ),
  )
  const lines = (
    await run('recalculate --json --programme town/elders --from 2026-11-21 --to 2026-11-30')
  ).out
    .trim()
    .split('\n')
  t.match(
    lines.map((line) => JSON.parse(line)),
    [{ kind: 'changed' }, { kind: 'summary', decisions: 1 }],
  )
  t.match(await run('recalculate --recorded'), { code: 0, out: /^3 decisions, 0 change/ })
  t.match((await run('recalculate --as-of 1930-01-01')).out, /cannot be replayed: invalid-request/)
  t.match(await run('recalculate --programme x'), { code: 2, err: /\/programme/ })
  t.strictSame(await run('recalculate --programme town/nope'), {
    code: 2,
    out: '',
    err: '--programme: is no programme of the rulebook, and no decision is about it\n',
  })
  t.equal((await run('recalculate more')).code, 2)
})

for (const { name, skip } of STORES) {
  test(`${name}: an auditor exports, verifies alone, and finds a tampered record`, {
    skip,
  }, async (t) => {
    const { run, folder, decisions } = await beside(
      t,
      name === 'SQLite' ? undefined : await freshSchema(t),
    )
    t.match(await run('checkpoint --to out'), {
      code: 0,
      out: /0000000003\.checkpoint: 3 entries\n$/,
    })
    t.strictSame(readdirSync(`${folder}/out`).sort(), ['0000000003.checkpoint', 'public-keys'])
    t.equal(parseCheckpoint(readFileSync(`${folder}/out/0000000003.checkpoint`, 'utf8'))?.size, 3)
    writeFileSync(`${folder}/receipt.json`, JSON.stringify(decisions[1]))
    t.strictSame(await run('export --out log.ndjson --with-facts'), { code: 0, out: '', err: '' })
    const asked =
      'verify log.ndjson --public-key out/public-keys --checkpoint out/0000000003.checkpoint --receipt receipt.json'
    t.match(await run(asked), { code: 0, out: 'good: 3 entries, ' })
    t.match(JSON.parse((await run(`${asked} --json`)).out), { good: true, receipts: 1, facts: 3 })
    const whole = readFileSync(`${folder}/log.ndjson`, 'utf8')
    writeFileSync(`${folder}/log.ndjson`, whole.replace('\\"eligible\\"', '\\"unknown\\"'))
    t.match(await run(asked), { code: 1, out: /^altered: entry 0, .*\nNOT GOOD: 3 entries/m })
    t.equal(
      (await run('export')).out.split('\n').length - 1,
      whole.replace(/.*"kind":"facts".*\n/g, '').split('\n').length - 1,
    )
  })

  test(`${name}: a backup made while the service runs is put into either store, whole`, {
    skip,
  }, async (t) => {
    const { run, folder, decisions } = await beside(
      t,
      name === 'SQLite' ? undefined : await freshSchema(t),
    )
    t.match(await run('backup --to saved'), { code: 0, out: `${folder}/saved\n` })
    t.notOk(existsSync(`${folder}/saved.part`))
    const targets = [{ DATA_DIR: 'new', DATABASE_URL: '' }]
    if (noPostgres === false)
      targets.push({ DATA_DIR: 'newer', DATABASE_URL: await freshSchema(t) })
    for (const env of targets) {
      t.match(await run('restore saved', env), { code: 0, out: /^\d+ rows\n$/ })
      t.match(await run(`replay ${decisions[1]?.id}`, env), { out: 'reproduced\n' })
      t.match(await run('restore saved', env), { code: 1, err: 'there is a ledger here already\n' })
      await run('checkpoint --to out')
      await run('export --out restored', { ...env, SIGNING_KEY_FILE: 'data/signing-key.pem' })
      t.match(
        await run(
          'verify restored --public-key out/public-keys --checkpoint out/0000000003.checkpoint',
        ),
        { code: 0 },
      )
    }
  })
}

for (const { name, skip } of STORES) {
  test(`${name}: a backup is of one moment, whatever is appended while it is written`, {
    skip,
  }, async (t) => {
    const { run, folder, place, ledger, decisions } = await beside(
      t,
      name === 'SQLite' ? undefined : await freshSchema(t),
    )
    // The clock went back: what is about a decision is older than the decision.
    const entry = (await ledger.store.entry(decisions[1]?.id as string)) as StoredEntry
    await eraseFacts(ledger, entry, { actor: 'p', office: null }, new Date(0))
    await until(async () => (await ledger.store.size()) === 4)
    const { db, close } = await openReader(place)
    t.teardown(close)
    const lines: string[] = []
    for await (const line of backupLines(db)) {
      lines.push(line)
      if (line.includes('"table":"entries"')) await decide(ledger, { caseReference: 'later' })
    }
    writeFileSync(`${folder}/saved`, lines.join(''))
    t.equal(lines.filter((line) => line.includes('"table":"entries"')).length, 4)
    t.match(await run('restore saved', { DATA_DIR: 'new', DATABASE_URL: '' }), { code: 0, err: '' })
  })
}

test('a backup that was changed, cut or is none is refused, and nothing of it is kept', async (t) => {
  const { run, folder } = await beside(t)
  await run('backup --to saved')
  const good = readFileSync(`${folder}/saved`, 'utf8')
  const lines = good.trim().split('\n')
  const bad = {
    'the backup was changed, or part of it is missing': good.replace('case-1', 'case-2'),
    'the backup has no end': lines.slice(0, -1).join('\n'),
    'the backup goes on after its end': `${good}${lines[3]}\n`,
    'the backup holds a line that cannot be read': 'nonsense',
    'this is no backup that this release can read': '{"kind":"huimin-backup","format":9}',
    'the backup has a table "users"': `${lines[0]}\n{"table":"users","row":{}}`,
    'rows of "facts" cannot be put in (SQLITE_CONSTRAINT_FOREIGNKEY)': `${lines[0]}
{"table":"facts","row":{"entry_id":"x","salt":"s","facts":"{}"}}
${lines[1]}`,
  }
  const unreadable = ['null', '[]', '{"table":"facts"}', '{"table":"facts","row":{"salt":{}}}']
  const said = 'the backup holds a line that cannot be read'
  const cases = [...Object.entries(bad), ...unreadable.map((line) => [said, line])]
  for (const [message, text] of cases) {
    writeFileSync(`${folder}/bad`, String(text))
    t.strictSame(await run('restore bad', { DATA_DIR: 'new' }), {
      code: 1,
      out: '',
      err: `${message}\n`,
    })
  }
  writeFileSync(`${folder}/windows`, good.replaceAll('\n', '\r\n'))
  t.equal((await run('restore windows', { DATA_DIR: 'other' })).code, 0, 'lines as on Windows')
  t.equal((await run('restore saved', { DATA_DIR: 'new' })).code, 0)
  t.match(await run('restore none', { DATA_DIR: 'newer' }), { code: 2, err: /^cannot read / })
  t.match(await run('restore saved'), { code: 2, err: /is in use by another Huimin process/ })
})

test('a checkpoint is not taken to where another log’s, or a rewritten one’s, already are', async (t) => {
  const { run, folder, ledger } = await beside(t)
  await run('checkpoint --to out')
  t.match(await ledger.store.deliveries(), [{ size: 3, place: `${folder}/out` }])
  t.match(JSON.parse((await run('checkpoint --to out --json')).out), { size: 3 })
  const file = `${folder}/out/0000000003.checkpoint`
  const text = readFileSync(file, 'utf8')
  for (const changed of [
    text.replace(/\n3\n/, '\n2\n'),
    text.replace(/\n3\n/, '\n9\n'),
    text.replace(/^huimin/, 'other'),
    'x',
  ]) {
    writeFileSync(file, changed)
    t.match(await run('checkpoint --to out'), {
      code: 1,
      out: '0000000003.checkpoint does not fit the log: it was rewritten, cut short, or is another one\n',
    })
  }
  t.equal((await run('checkpoint')).code, 2)
  appendFileSync(`${folder}/file`, 'x')
  for (const to of ['file', 'file/x/y', '/proc/nope'])
    t.match(await run(`checkpoint --to ${to}`), {
      code: 2,
      err: /^\/\S+ is no folder and cannot be one: E[^\n]+\n$/,
    })
  mkdirSync(`${folder}/out/x.checkpoint`)
  t.match(await run('checkpoint --to out'), { code: 2, err: /^EISDIR[^\n]+\n$/ })
})

test('a checkpoint that cannot be signed or written leaves no folder behind', async (t) => {
  const { run, folder } = await beside(t)
  t.match(await run('checkpoint --to new/one', { SIGNING_KEY_FILE: 'none' }), { code: 2 })
  t.match(await run(`checkpoint --to new/${'x'.repeat(300)}`), { code: 2, err: /ENAMETOOLONG/ })
  t.strictSame(readdirSync(folder).sort(), ['data', 'out'])
  t.match(await run('checkpoint --to new/one'), { code: 0 })
  t.equal(readdirSync(`${folder}/new/one`).length, 2)
})

for (const { name, skip } of STORES)
  test(`${name}: where there is no ledger every command says so in one line, exit 2`, {
    skip,
  }, async (t) => {
    const folder = t.testdir({
      empty: { 'ledger.db': '' },
      none: { 'ledger.db': 'this is no database, and long enough'.repeat(40) },
    })
    const places =
      name === 'SQLite'
        ? [{ DATA_DIR: 'empty' }, { DATA_DIR: 'none' }]
        : [{ DATABASE_URL: await freshSchema(t) }]
    for (const env of places)
      for (const line of LEDGER_COMMANDS) {
        const { code, out, err } = await runHuimin(line, { cwd: folder, project: BASE, env })
        t.strictSame([code, out], [2, ''], line)
        t.match(err, /^(DATABASE_URL|DATA_DIR \S+) holds no ledger that can be read: [^\n]+\n$/)
      }
    t.strictSame(readdirSync(folder).sort(), ['empty', 'none'])
  })

test('huimin keys shows the keys and rotates them while no service runs', async (t) => {
  const { run, ledger, folder } = await beside(t)
  const before = (await run('keys')).out
  t.match(before, /^huimin\.local\/[0-9a-f]{12}\+[0-9a-f]{8}\+\S+\n$/)
  t.match(await run('keys rotate'), { code: 2, err: /is in use by another Huimin process/ })
  await ledger.close()
  t.match(await run('keys rotate', { SIGNING_KEY_FILE: `${folder}/data/signing-key.pem` }), {
    code: 2,
    err: /SIGNING_KEY_FILE is yours/,
  })
  const { keys } = JSON.parse((await run('keys rotate --json')).out)
  t.equal(keys.length, 2)
  t.equal(
    keys.filter(({ retiredAt }: { retiredAt: string | null }) => retiredAt === null).length,
    1,
  )
  t.ok((await run('keys')).out.startsWith(before) || (await run('keys')).out.includes(before))
  t.match(await run('keys burn'), { code: 2, err: /no action "burn"/ })
  await run('export --out log')
  writeFileSync(`${folder}/all`, (await run('keys')).out)
  t.match(await run('verify log --public-key all'), { code: 0 })
  writeFileSync(`${folder}/windows`, (await run('keys')).out.replaceAll('\n', '\r\n'))
  t.match(await run('verify log --public-key windows'), { code: 0 }, 'lines that end as on Windows')
  const lines = readFileSync(`${folder}/log`, 'utf8').replaceAll('\n', '\r\n')
  writeFileSync(`${folder}/windows-log`, `${lines}\r\n`)
  t.match(await run('verify windows-log --public-key windows'), { code: 0 }, 'the log too')
  writeFileSync(`${folder}/old`, before)
  t.match(await run('verify log --public-key old'), { code: 1, out: /unknown-key/ })
})

test('a process that starts again after a rotation elsewhere has its key listed as in use', {
  skip: noPostgres,
}, async (t) => {
  const { run, ledger, place } = await beside(t, await freshSchema(t))
  const { keys } = JSON.parse((await run('keys rotate --json', { DATA_DIR: 'other' })).out)
  const inUse = (all: readonly StoredKey[]) =>
    all.filter(({ retiredAt }) => retiredAt === null).map(({ keyId }) => keyId)
  t.equal(inUse(keys).includes(ledger.signer.keyId), false)
  await ledger.close()
  const again = await openLedger(place, () => new Date(AFTER_CORRECTION))
  t.teardown(() => again.close())
  t.strictSame(
    inUse(await again.store.keys()).sort(),
    [...inUse(keys), again.signer.keyId].sort(),
    'beside the new one',
  )
  t.match(await run('checkpoint --to out'), { code: 0 })
})

test('a long recalculation says how far it is', async (t) => {
  const { run, ledger } = await beside(t)
  const many = Array.from({ length: 1_000 }, () => decide(ledger, { asOf: '2014-01-01' }))
  await Promise.all(many)
  await decide(ledger, { caseReference: 'open', household: { members: [{ id: 'm1' }] } })
  const { out, err } = await run('recalculate --as-of 2020-06-01')
  t.equal(err, '1000 decisions\n')
  t.match(
    out,
    / town\/living: not determined -> eligible 200; \d+ months from 2020-01-01: arrears /,
  )
  t.match(
    (await run('recalculate --as-of 2013-06-01 --programme town/living')).out,
    /eligible 200 -> not determined; /,
  )
  t.match(
    (await run('recalculate --as-of 2013-06-01')).out,
    / open town\/living: unknown -> not determined\n/,
  )
  t.equal((await run('export --out many')).code, 0)
})

test('a rulebook that does not load is a bad answer; a file that cannot be finished is taken away', async (t) => {
  const { run, folder, decisions } = await beside(t)
  t.match(
    await runHuimin(`replay ${decisions[0]?.id}`, { cwd: folder, project: folder, env: {} }),
    { code: 1, err: /there is no such folder/ },
  )
  t.match(await run('keys', { DATA_DIR: '' }), { code: 0 }, './data by default')
  const fails = async function* () {
    yield 'one line\n'
    throw new Error('the store went away')
  }
  await t.rejects(writeLines(`${folder}/file`, fails()), /went away/)
  t.strictSame(readdirSync(folder).sort(), ['data', 'out'])
  writeFileSync(`${folder}/log`, (await run('export')).out)
  writeFileSync(`${folder}/keys`, (await run('keys')).out)
  writeFileSync(`${folder}/receipt`, JSON.stringify(decisions[0]?.receipt))
  t.match(await run('verify log --public-key keys --receipt receipt'), { code: 0 })
  writeFileSync(`${folder}/no-folder`, 'x')
  t.match(await run('restore log', { DATA_DIR: 'no-folder' }), {
    code: 2,
    err: /^DATA_DIR .*no-folder cannot be used: EEXIST\n$/,
  })
  mkdirSync(`${folder}/bad`)
  writeFileSync(`${folder}/bad/ledger.db`, 'this is no database, and long enough'.repeat(40))
  t.match(await run('restore log', { DATA_DIR: 'bad' }), {
    code: 2,
    err: /^DATA_DIR .*bad cannot be used: [^\n]*not a database\n$/,
  })
})

test('a disk that is full before the end is one line, exit 2, and no file is left', {
  skip: noSmallDisk(),
}, async (t) => {
  const { run, ledger } = await beside(t)
  await Promise.all(Array.from({ length: 20 }, () => decide(ledger)))
  // Room for a part of the first write, or of the second.
  for (const size of ['16k', '80k'])
    for (const line of ['backup --to', 'export --with-facts --out']) {
      const disk = smallDisk(t, size)
      const { code, out, err } = await run(`${line} ${disk}/out`)
      t.strictSame([code, out], [2, ''])
      t.match(err, /^cannot write \/[^\n]+\/out: ENOSPC[^\n]+\n$/)
      t.strictSame(readdirSync(disk), [])
    }
})

test('a list ends early when nobody reads it, and that is no fault', async (t) => {
  const { folder } = await beside(t)
  const io = { cwd: folder, project: BASE, env: { DATA_DIR: 'data' }, unread: () => true }
  for (const line of ['export', 'recalculate --as-of 2013-06-01']) {
    const { code, out, err } = await runHuimin(line, io)
    t.strictSame([code, out.split('\n').length, err], [0, 2, ''], line)
  }
  const database = new Database(`${folder}/data/ledger.db`)
  database.exec('drop trigger facts_no_delete; delete from facts')
  database.close()
  const unsound = await runHuimin('recalculate --recorded', io)
  t.strictSame([unsound.code, unsound.out.split('\n').length], [1, 2], 'nor a good verdict')
  const program = `{ ${process.execPath} ${MAIN} export; echo $? >&2; } | head -n 1`
  const { stdout, stderr } = spawnSync('sh', ['-c', program], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: `${folder}/data` },
  })
  t.equal(stderr, '0\n')
  t.match(stdout, /^\{"kind":"entry".*\}\n$/)
})

test('what is no file is written into, a link is followed, and what others wrote stays', async (t) => {
  const { run, folder } = await beside(t)
  execFileSync('mkfifo', [`${folder}/pipe`])
  const read = promisify(execFile)('cat', [`${folder}/pipe`])
  t.match(await run('export --out pipe'), { code: 0 })
  writeFileSync(`${folder}/log`, (await read).stdout)
  writeFileSync(`${folder}/keys`, (await run('keys')).out)
  t.match(await run('verify log --public-key keys'), { code: 0 })
  t.ok(lstatSync(`${folder}/pipe`).isFIFO())
  symlinkSync('log', `${folder}/link`)
  writeFileSync(`${folder}/log`, 'an earlier one')
  t.match(await run('export --out link'), { code: 0 })
  t.ok(lstatSync(`${folder}/link`).isSymbolicLink())
  t.match(await run('verify log --public-key keys'), { code: 0 })
  t.match(await run('export --out out'), { code: 2, err: /^cannot write .*: EISDIR[^\n]+\n$/ })
})

test('wrong use is one line and exit 2', async (t) => {
  const { run, folder } = await beside(t)
  writeFileSync(`${folder}/text`, 'nonsense')
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(`${folder}/text.pem`, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  writeFileSync(`${folder}/keys`, (await run('keys')).out)
  writeFileSync(`${folder}/empty`, '\r\n')
  const wrong: [string, RegExp, Record<string, string>?][] = [
    ['replay x', /^DATA_DIR .*nowhere holds no ledger\n$/, { DATA_DIR: 'nowhere' }],
    ['export', /holds no Ed25519 private key\n$/, { SIGNING_KEY_FILE: 'text' }],
    [
      'export',
      /^the key of .*text\.pem is not one that this ledger signs with\n$/,
      { SIGNING_KEY_FILE: 'text.pem' },
    ],
    ['checkpoint --to out', /^the signing key .* cannot be read\n$/, { SIGNING_KEY_FILE: 'none' }],
    ['recalculate --known-at 2099-01-01T00:00:00Z --from x', /^--from: [^\n]+\n$/],
    ['backup', /^--to is needed\n$/],
    ['backup --to nowhere/x', /^cannot write .*nowhere\/x: there is no folder .*nowhere\n$/],
    ['openapi --out nowhere/x', /^ENOENT[^\n]+nowhere\/x'\n$/],
    ['verify text', /^--public-key is needed\n$/],
    ['verify text --public-key none', /^cannot read none\n$/],
    ['verify text --public-key empty', /^empty holds no public key\n$/],
    ['verify text --public-key text', /^text holds a line that is no public key\n$/],
    ['verify none --public-key keys', /^cannot read .*none/],
    ['verify text --public-key keys --receipt text', /^text holds no receipt\n$/],
    ['verify text --public-key keys --receipt none', /^cannot read none\n$/],
    ['export', /^DATABASE_URL: [^\n]+\n$/, { DATABASE_URL: 'postgres://postgres@127.0.0.1:1/x' }],
  ]
  for (const [line, message, env] of wrong) {
    const { code, err } = await run(line, env)
    t.match([code, err], [2, message], line)
  }
})
