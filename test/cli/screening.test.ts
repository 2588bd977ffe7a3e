import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import tap, { test } from 'tap'
import { longRun } from '../../src/cli/long-run.js'
import { showProgress } from '../../src/cli/progress.js'
import { readRegisterModel } from '../../src/screening/register/make-register.js'
import { runHuimin } from '../support/run-huimin.js'
import { ownSchema } from '../support/screen-with.js'
import { noSmallDisk, smallDisk } from '../support/small-disk.js'

tap.setTimeout(300_000)

const CLOCKS = '--as-of 2020-06-01 --known-at 2026-11-22T00:00:00Z'

test('a register is made, screened and compared from the command line', async (t) => {
  const cwd = t.testdir()
  const made = await runHuimin('register --households 500 --seed 3 --out r --as-of 2020-03-01', {
    cwd,
  })
  t.match(made, { code: 0, err: '' })
  t.match(made.out, /500 households, \d+ members/)
  const files = '--households r/households.parquet --members r/members.parquet'
  const screened = await runHuimin(
    `screen ${files} ${CLOCKS} --out out.csv --memory 512MB --threads 1`,
    { cwd },
  )
  t.match(screened, { code: 0, err: /screening .*500 of 500 households/ })
  t.match(screened.out, /500 households, \d+ members; 0 households left out for 0 faults/)
  t.match(screened.out, /dongguan\/minimum-living +household +\d+ +\d+ +\d+/)
  t.match(screened.out, /yuancheng\/public-rental-housing +- +after-last-version/)
  const rows = readFileSync(join(cwd, 'out.csv'), 'utf8').split('\n')
  t.equal(rows[0], 'householdId,memberId,programme,ruleVersion,outcome,amount,missing')
  const json = await runHuimin(
    `screen ${files} ${CLOCKS} --programmes dongguan/minimum-living --jurisdiction 441900 --sample 100 --json`,
    { cwd },
  )
  t.match(json, { code: 0, err: '' })
  t.match(JSON.parse(json.out), {
    households: 100,
    programmes: [{ programme: 'dongguan/minimum-living' }],
  })
  const floor = await runHuimin(
    `screen ${files} --as-of 2016-06-01 --programmes yuancheng/rural-five-guarantees`,
    { cwd },
  )
  t.match(floor.out, /rural-five-guarantees .* at least \d+\.\d\d CNY\/year/)
  const compared = await runHuimin(
    `impact ${files} --as-of 2020-03-05 --then-as-of 2020-06-01 --out i --language en`,
    { cwd },
  )
  t.match(compared, { code: 0, out: /dongguan\/minimum-living +[\d·]+/ })
  t.match(compared.out, /\n“·” stands for fewer than 5/)
  for (const name of ['html', 'json', 'csv'])
    t.ok(existsSync(join(cwd, 'i', `impact.${name}`)), name)
  const asJson = await runHuimin(
    `impact ${files} --as-of 2020-03-05 --then-known-at 2026-11-22T00:00:00Z --out j --json`,
    { cwd },
  )
  t.match(JSON.parse(asJson.out), { households: 500 })
})

test('a draft in a folder is compared with what is published', async (t) => {
  const published = JSON.parse(
    readFileSync('rules/dongguan/minimum-living/2020-03-06.json', 'utf8'),
  )
  const draft = {
    ...published,
    version: '2020-05-01',
    validFrom: '2020-05-01',
    publishedAt: null,
    reviewBy: null,
    parameters: { standard: { ...published.parameters.standard, value: 2000 } },
  }
  const cwd = t.testdir({
    draft: { dongguan: { 'minimum-living': { '2020-05-01.json': JSON.stringify(draft) } } },
  })
  const household = {
    monthlyIncomeTotal: 1500,
    hukouCode: '441900',
    meetsDibaoPropertyRule: true,
    members: [{ id: 'm1' }],
  }
  const lines = Array.from(
    { length: 9 },
    (_, index) => `${JSON.stringify({ householdId: `h${index}`, household })}\n`,
  )
  writeFileSync(join(cwd, 'h.ndjson'), lines.join(''))
  const { code, out } = await runHuimin(
    `impact --households h.ndjson ${CLOCKS} --programmes dongguan/minimum-living --draft draft --out i --json`,
    { cwd },
  )
  t.equal(code, 0)
  t.match(JSON.parse(out).programmes, [
    { versionAfter: 'dongguan/minimum-living@2020-05-01', gained: 9, lost: 0, costPerMonth: 4500 },
  ])
  const said = await runHuimin(
    `impact --households h.ndjson ${CLOCKS} --programmes dongguan/minimum-living --draft draft --out k`,
    { cwd },
  )
  t.match(said.out, /dongguan\/minimum-living +9 +0 +\d+ +0 +4500\n\n.*impact\.html\n/)
})

test('the same seed gives the same register, another seed another, in every format', async (t) => {
  const cwd = t.testdir()
  const make = (seed: number, format: string, out: string) =>
    runHuimin(
      `register --households 300 --seed ${seed} --format ${format} --out ${out} --as-of 2020-06-01 --json`,
      { cwd },
    )
  for (const format of ['csv', 'ndjson']) {
    await make(1, format, 'a')
    await make(1, format, 'b')
    await make(2, format, 'c')
    const [a, b, c] = ['a', 'b', 'c'].map((folder) =>
      readFileSync(join(cwd, folder, `households.${format}`), 'utf8'),
    )
    t.equal(a, b, format)
    t.not(a, c, format)
  }
  const results = []
  for (const source of [
    '--households a/households.csv --members a/members.csv',
    '--households a/households.ndjson',
  ]) {
    const { out } = await runHuimin(`screen ${source} ${CLOCKS} --json`, { cwd })
    results.push(JSON.parse(out))
  }
  t.match(results[0], { households: 300, rejected: 0 })
  t.strictSame(results[1], results[0])
})

test('a register has the distributions its table states', async (t) => {
  const cwd = t.testdir()
  await runHuimin('register --households 20000 --seed 5 --out r --as-of 2020-06-01', { cwd })
  const model = readRegisterModel('seeds/register/distributions.json')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const read = async (sql: string) => {
    const found = await connection.runAndReadAll(sql)
    return found.getRowsJson().map((row) => row.map(Number))
  }
  const table = (entity: string) => `'${join(cwd, 'r', `${entity}s.parquet`)}'`
  const close = (found: number, stated: number, about: string) =>
    t.ok(Math.abs(found - stated) < 0.015, `${about}: ${found.toFixed(3)} of ${stated}`)
  const sizes = await read(
    `SELECT size, count(*) / 20000 FROM (SELECT count(*) AS size FROM ${table('member')} GROUP BY "householdId") GROUP BY 1`,
  )
  for (const [size, share] of sizes)
    close(share as number, model.sizes[String(size)] as number, `size ${size}`)
  for (const one of model.facts.filter(({ given }) => given === undefined)) {
    const [entity, name] = one.fact.split('.') as [string, string]
    const [[unknown, total]] = (await read(
      `SELECT count(*) FILTER ("${name}" IS NULL), count(*) FROM ${table(entity)}`,
    )) as [[number, number]]
    close(unknown / total, one.unknown, `${one.fact} unknown`)
    if (one.kind === 'truth') {
      const [[share]] = (await read(`SELECT avg("${name}"::INTEGER) FROM ${table(entity)}`)) as [
        [number],
      ]
      close(share, one.share, one.fact)
    }
    if (one.kind === 'codes')
      for (const [code, stated] of Object.entries(one.shares)) {
        const [[share]] = (await read(
          `SELECT avg(("${name}" = '${code}')::INTEGER) FROM ${table(entity)}`,
        )) as [[number]]
        close(share, stated, `${one.fact} ${code}`)
      }
    if (one.kind === 'set') {
      const [[share]] = (await read(
        `SELECT avg((len("${name}") = 0)::INTEGER) FROM ${table(entity)}`,
      )) as [[number]]
      close(share, one.empty, `${one.fact} empty`)
    }
    if (one.kind === 'number')
      for (const [stated, value] of one.quantiles.slice(1, -1)) {
        const per = one.perMember ? `"${name}" / size` : `"${name}"`
        const source = one.perMember
          ? `${table(entity)} JOIN (SELECT "householdId", count(*) AS size FROM ${table('member')} GROUP BY 1) USING ("householdId")`
          : table(entity)
        const [[share]] = (await read(
          `SELECT avg((${per} < ${value} + ${one.perMember ? 0.01 : 0})::INTEGER) FROM ${source}`,
        )) as [[number]]
        if (value > 0) close(share, stated, `${one.fact} below ${value}`)
      }
  }
  const [[older]] = (await read(
    `SELECT avg(("dateOfBirth" > DATE '2020-06-01')::INTEGER) FROM ${table('member')}`,
  )) as [[number]]
  t.equal(older, 0, 'nobody is born later')
  const facts = await connection.runAndReadAll(
    `SELECT corr("isOrphan"::INTEGER, "isInHardship"::INTEGER) FROM ${table('member')}`,
  )
  t.ok(Math.abs(Number(facts.getRowsJson()[0]?.[0])) < 0.02, 'facts are drawn independently')
})

test('wrong use is one line', async (t) => {
  const cwd = t.testdir({
    'h.ndjson': '',
    'm.csv': '',
    'bad.json': '{}',
    'codeless.json':
      '{"note": "", "sizes": {"1": 1}, "facts": [{"kind": "codes", "fact": "member.sex", "shares": {}, "unknown": 0}]}',
    'unknown.json':
      '{"note": "", "sizes": {"1": 1}, "facts": [{"kind": "truth", "fact": "household.none", "share": 1, "unknown": 0}]}',
  })
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['screen', /--as-of is needed/],
    ['screen --as-of 2020-02-30 --households h.csv', /--as-of is a day/],
    ['screen --as-of 2020-02-03 --known-at now --households h.csv', /--known-at is an instant/],
    ['screen --as-of 2020-02-03 --households h.csv --sample 0', /--sample is a whole number/],
    ['screen --as-of 2020-02-03 --households h.csv --memory much', /--memory/],
    ['screen --as-of 2020-02-03 --source oracle', /--source is files or postgres/],
    ['screen --as-of 2020-02-03 --source postgres', /--database or DATABASE_URL/],
    ['screen --as-of 2201-01-01 --households h.csv', /--as-of is a day from 1850/],
    [
      'screen --as-of 2020-02-03 --known-at 2026-11-25T10:20:31Z --households h.csv',
      /^--known-at must not be after the present\n$/,
    ],
    [
      'impact --as-of 2020-02-03 --then-known-at 2027-01-01T00:00:00Z --households h.csv --out i',
      /^--then-known-at must not be after the present\n$/,
    ],
    [
      'impact --as-of 2020-02-03 --then-as-of 1849-12-31 --households h.csv --out i',
      /^--then-as-of is a day from 1850/,
    ],
    [
      'screen --as-of 2020-02-03 --households h.ndjson --members m.csv --json',
      /^.*m\.csv: lines of \.ndjson hold their members themselves\n$/,
    ],
    ...['out', 'rejects', 'sample', 'folder', 'memory', 'threads'].map(
      (name) =>
        [
          `screen --as-of 2020-02-03 --source postgres --${name} 5`,
          new RegExp(`^--${name} is not for --source postgres\\n$`),
        ] as const,
    ),
    ['screen --as-of 2020-02-03 --into t', /^--into is not for --source files\n$/],
    ['screen --as-of 2020-02-03 --database d', /^--database is not for --source files\n$/],
    ['screen --as-of 2020-02-03 --households none.csv --members none.csv', /none\.csv/],
    ['register --households 5 --seed 1 --out r --format xlsx', /--format is one of/],
    ['register --households 5 --seed 1 --out r --model bad.json', /bad\.json/],
    ['register --households 5 --seed 1 --out r --model codeless.json', /at least one code/],
    ['register --households 5 --seed 1 --out r --model unknown.json', /no fact "household.none"/],
    ['impact --as-of 2020-02-03 --households h.csv --out i', /one of --then-as-of/],
    [
      'impact --as-of 2020-02-03 --households h.csv --out i --then-as-of 2020-03-06 --language fr',
      /--language/,
    ],
  ]
  for (const [line, message] of wrong) {
    const { code, err } = await runHuimin(line, { cwd })
    t.equal(code, 2, line)
    t.match(err, message, line)
  }
})

test('nothing is written over what is read or written already, or where no file can be', async (t) => {
  const line = '{"householdId": "h", "household": {"members": [{"id": "m1"}]}}\n'
  const cwd = t.testdir({
    'r.ndjson': line,
    'link.ndjson': t.fixture('symlink', 'r.ndjson'),
    linked: t.fixture('symlink', '.'),
    loop: t.fixture('symlink', 'loop'),
    'full.csv': {},
    model: { 'households.csv': '{}' },
    same: { 'impact.csv': 'householdId\n' },
    report: { 'impact.json': {} },
  })
  const screenings = [
    ['--out r.ndjson', '--out: DIR/r.ndjson is the file of --households'],
    ['--out linked/r.ndjson', '--out: DIR/linked/r.ndjson is the file of --households'],
    ['--out link.ndjson', '--out: DIR/link.ndjson is the file of --households'],
    ['--rejects r.ndjson', '--rejects: DIR/r.ndjson is the file of --households'],
    ['--out o.csv --rejects linked/o.csv', '--rejects: DIR/linked/o.csv is the file of --out'],
    ['--out full.csv', '--out: DIR/full.csv is no file'],
    ['--rejects loop', '--rejects: DIR/loop is no file'],
    ['--households /dev/null --json', '/dev/null: .parquet, .csv or .ndjson is needed'],
    ['--out none/o.csv', '--out: there is no folder DIR/none'],
    ['--rejects r.ndjson/o', '--rejects: there is no folder DIR/r.ndjson'],
    ['--folder none', '--folder: there is no folder DIR/none'],
    ['--folder r.ndjson', '--folder: there is no folder DIR/r.ndjson'],
    ['--households full.csv', '--households: there is no file DIR/full.csv'],
  ].map(([options, said]) => [`screen --households r.ndjson ${CLOCKS} ${options}`, said])
  const compare = `impact ${CLOCKS} --then-as-of 2020-03-05`
  const make = 'register --households 5 --seed 1'
  const others = [
    [
      `${compare} --households same/impact.csv --members same/impact.csv --out linked/same`,
      '--out: DIR/linked/same/impact.csv is the file of --members',
    ],
    [`${compare} --households r.ndjson --out report`, '--out: DIR/report/impact.json is no file'],
    [`${compare} --households r.ndjson --out r.ndjson`, '--out: DIR/r.ndjson cannot be a folder'],
    [`${compare} --households none.csv --out i`, '--households: there is no file DIR/none.csv'],
    [`${make} --out r.ndjson/r`, '--out: DIR/r.ndjson/r cannot be a folder'],
    [
      `${make} --out model --format csv --model linked/model/households.csv`,
      '--out: DIR/model/households.csv is the file of --model',
    ],
  ]
  for (const [command, said] of [...screenings, ...others] as [string, string][]) {
    const { code, err } = await runHuimin(command, { cwd })
    t.strictSame({ code, err: err.replaceAll(cwd, 'DIR') }, { code: 2, err: `${said}\n` }, command)
  }
  t.equal(readFileSync(join(cwd, 'r.ndjson'), 'utf8'), line)
  t.equal(existsSync(join(cwd, 'o.csv')), false)
})

test('a register that needs more memory or disk than there is says so in one line', {
  skip: noSmallDisk(),
}, async (t) => {
  const cwd = t.testdir()
  const made = await runHuimin('register --households 100000 --seed 3 --out r', { cwd })
  t.equal(made.code, 0)
  const command = `screen --households r/households.parquet --members r/members.parquet ${CLOCKS} --out out.csv --programmes dongguan/minimum-living`
  const memory = await runHuimin(`${command} --memory 20MB`, { cwd })
  t.match(memory, { code: 2, err: /^the memory does not suffice: give more .*\n$/m })
  const disk = smallDisk(t, '8m')
  const full = await runHuimin(`${command} --memory 64MB --folder ${disk}`, { cwd })
  t.match(full, { code: 2, err: /^there is no room left on the disk .*\n$/m })
  t.strictSame([existsSync(join(cwd, 'out.csv')), readdirSync(disk)], [false, []])
})

test('a command that is stopped says so and exits 1', async (t) => {
  const cwd = t.testdir()
  for (const line of [
    'register --households 200000 --seed 1 --out r',
    'register --households 5 --seed 1 --out r',
  ]) {
    const controller = new AbortController()
    const running = runHuimin(line, { cwd, signal: controller.signal })
    controller.abort()
    const { code, err } = await running
    t.strictSame({ code, err }, { code: 1, err: 'stopped; nothing was written\n' })
  }
})

const database = await ownSchema()
const skip = typeof database === 'string' ? database : false

test('views in PostgreSQL are screened from the command line', { skip }, async (t) => {
  if (typeof database === 'string') return
  const { client, url, schema, drop } = database
  t.teardown(drop)
  await client.query(
    'CREATE TABLE h ("householdId" text, "monthlyIncomeTotal" numeric); INSERT INTO h VALUES (\'a\', 5)',
  )
  await client.query(
    'CREATE TABLE m ("householdId" text, "memberId" text); INSERT INTO m VALUES (\'a\', \'m1\')',
  )
  const line = `screen --source postgres --households ${schema}.h --members ${schema}.m --into ${schema}.r ${CLOCKS}`
  const { code, out } = await runHuimin(line, { env: { DATABASE_URL: url } })
  t.equal(code, 0)
  t.match(out, /1 household, 1 member/)
})

test('progress is a bar that moves on a terminal, and a line now and then elsewhere', async (t) => {
  const show = (terminal: boolean) => {
    let [err, at] = ['', 0]
    const now = () => new Date(at)
    const io = {
      err: (text: string) => {
        err += text
      },
      now,
      terminal,
    }
    const progress = showProgress(io as never)
    progress.show({ phase: 'loading', done: 0, total: 0 })
    for (const done of [100, 200, 300, 400]) {
      at += 2000
      progress.show({ phase: 'screening', done, total: 400 })
    }
    progress.end()
    return err
  }
  const bar = show(true)
  t.equal((bar.match(/\r/g) ?? []).length, 6)
  t.match(bar, /50 % {2}200 of 400 households {2}50\/s {2}4 s left/)
  t.equal(show(false).trim().split('\n').length, 3)
})

test('a fault of our own in a long run is not taken for wrong use', async (t) => {
  const broken = async () => {
    throw new TypeError('broken')
  }
  await t.rejects(longRun({ io: { err: () => {} } } as never, broken), TypeError)
})
