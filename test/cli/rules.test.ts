import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { defaultLayers } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { BAD, BASE, copyBase } from '../support/rulebooks.js'
import { runHuimin } from '../support/run-huimin.js'

const HANDS = '--by encoder-2 --reviewer reader-2'
const read = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'))
/** Replaces text in a file. */
function edit(path: string, ...changes: readonly (readonly [from: string, to: string])[]): void {
  const text = changes.reduce(
    (before, [from, to]) => before.replaceAll(from, to),
    readFileSync(path, 'utf8'),
  )
  writeFileSync(path, text)
}

t.test('rules check lists the programmes of a good rulebook', async (t) => {
  const env = { SOURCES_DIR: join(BASE, 'sources') }
  const { code, out } = await runHuimin('rules check', { project: BASE, env })
  t.equal(code, 0)
  t.match(out, /^town\/living +undated 2020-01-01 +- +4 +最低生活保障$/m)
  t.match(out, /sha256:[0-9a-f]{64}, no defects, 3 quotations found\n$/)
  const alone = await runHuimin('rules check', { project: BASE })
  t.match(alone.out, /, no defects, quotations not looked up \(SOURCES_DIR\)\n$/)
  const json = await runHuimin('rules check --json', { project: BASE })
  t.match(JSON.parse(json.out), {
    defects: [],
    warnings: [{ id: 'never-settled town/living@undated' }, {}, {}, {}],
    programmes: [{ id: 'town/elders', drafts: [], cases: 4 }, {}],
  })
})

t.test('rules check names the defects of a bad one and exits 1', async (t) => {
  const env = { RULEBOOK_DIRS: join(BAD, 'one-hand') }
  const { code, out } = await runHuimin('rules check', { project: BASE, env })
  t.equal(code, 1)
  t.match(out, /^one-hand\/town\/living\/2022-01-01.json \/reviewedBy: .+\n1 defect\n$/)
  const json = await runHuimin('rules check --json', { project: BASE, env })
  t.equal(json.code, 1)
  t.match(JSON.parse(json.out).defects, [{ pointer: '/reviewedBy' }])
})

t.test(
  'rules lint names what a lawyer would ask; with --strict that is a bad answer',
  async (t) => {
    const { code, out } = await runHuimin('rules lint', { project: BASE })
    t.equal(code, 0)
    t.match(out, /^unused-fact member.sex +no programme or referral reads it$/m)
    t.match(out, /\n4 findings, 0 waived\n$/)
    t.equal((await runHuimin('rules lint --strict', { project: BASE })).code, 1)
    const json = await runHuimin('rules lint --json', { project: BASE })
    t.match(JSON.parse(json.out), {
      findings: [{ id: 'never-settled town/living@undated' }],
      waived: [],
    })
    const check = await runHuimin('rules check', { project: BASE })
    t.match(check.out, /^warning: unused-fact member.sex: no programme or referral reads it$/m)
  },
)

t.test('other commands put the defects on stderr and exit 1', async (t) => {
  const env = { RULEBOOK_DIRS: join(BAD, 'one-hand') }
  const { code, out, err } = await runHuimin('rules coverage', { project: BASE, env })
  t.strictSame([code, out], [1, ''])
  t.match(err, /^one-hand\/.+\n$/)
})

t.test('rules test runs the cases of every programme, or of one', async (t) => {
  const all = await runHuimin('rules test', { project: BASE })
  t.equal(all.code, 0)
  t.match(all.out, /^town\/elders +4 +4 +0\ntown\/living +4 +4 +0\n2 programmes +8 +8 +0\n$/m)
  const one = await runHuimin('rules test town/living --json', { project: BASE })
  t.strictSame(JSON.parse(one.out), {
    programmes: [{ id: 'town/living', cases: 4, failures: [] }],
    totals: { programmes: 1, cases: 4, passed: 4, failed: 0 },
  })
})

t.test('rules test says what was expected and what came out, and exits 1', async (t) => {
  const project = copyBase(t.testdir())
  edit(join(project, 'rules/town/living/cases.json'), ['"amount": 0.02', '"amount": 0.03'])
  const { code, out } = await runHuimin('rules test', { project })
  t.equal(code, 1)
  t.match(
    out,
    /^town\/living +4 +3 +1\n2 programmes +8 +7 +1\n\ntown\/living\/cases.json: a household one fen .+\n {2}amount: expected 0.03, found 0.02\n$/m,
  )
})

t.test('rules test --mutate names every change that no case notices, and exits 1', async (t) => {
  const project = copyBase(t.testdir())
  const first = await runHuimin('rules test town/elders --mutate', { project })
  t.equal(first.code, 1)
  t.match(first.out, /^programme +mutants +killed +equivalent +survivors +stale$/m)
  t.match(first.out, /^town\/elders +21 +12 +0 +9 +0\n1 programme +21 +12 +0 +9 +0\n\n/m)
  t.match(first.out, /^town\/elders: no case notices 2020-01-01 \/parameters\/age\/value 69$/m)
  t.notMatch(first.out, /no case notices 2020-01-01.2 \/conditions/)

  const file = join(project, 'rules/town/elders/cases.json')
  const { cases } = read(file)
  const [entitled, ...others] = cases
  const failing = { ...entitled, expect: { ...entitled.expect, amount: 7 } }
  const refused = { ...entitled, household: { members: [{ id: 'm1', nothing: true }] } }
  writeFileSync(file, JSON.stringify({ cases: [failing, refused, ...others] }))
  const weaker = await runHuimin('rules test town/elders --mutate', { project })
  t.match(
    weaker.out,
    /no case notices 2020-01-01.2 \/parameters\/allowance\/value 99.99$/m,
    'a case that fails already notices nothing',
  )
  t.match(weaker.out, /^Failing as the rules are, so that nothing is noticed: 2 cases /m)
  t.notMatch(first.out, /Failing/)
  writeFileSync(file, JSON.stringify({ cases }))
  const json = await runHuimin('rules test town/elders --mutate --json', { project })
  const { survivors } = JSON.parse(json.out).programmes[0]
  const why = 'nobody is asked about it'
  const listed = [...survivors, '2020-01-01 /nothing', '2020-01-01.2 /conditions/all/0 lessThan']
  const equivalentMutants = listed.map((mutant: string) => ({ mutant, why }))
  writeFileSync(file, JSON.stringify({ ...read(file), equivalentMutants }))
  const second = await runHuimin('rules test town/elders --mutate', { project })
  t.equal(second.code, 1, 'an entry that is no survivor is a fault of its own')
  t.match(second.out, /^town\/elders +21 +12 +9 +0 +2$/m)
  t.match(second.out, /needs no entry in equivalentMutants: 2020-01-01 \/nothing\n/)

  const needed = { ...read(file), equivalentMutants: equivalentMutants.slice(0, -2) }
  writeFileSync(file, JSON.stringify(needed))
  const third = await runHuimin('rules test town/elders --mutate --json', { project })
  t.equal(third.code, 0)
  t.match(JSON.parse(third.out), { totals: { mutants: 21, equivalent: 9, survivors: 0, stale: 0 } })
})

t.test('rules test includes drafts, which are known after everything published', async (t) => {
  const project = copyBase(t.testdir(), 'good/draft')
  const cases = join(project, 'draft/town/living/cases.json')
  const household = { hukouCode: '990001', income: 1300, members: [{ id: 'm1' }, { id: 'm2' }] }
  const one = {
    name: 'the new standard',
    asOf: '2022-01-01',
    household,
    expect: { amount: 100, version: '2022-01-01' },
  }
  const before = {
    ...one,
    knownAt: '2026-11-25T00:00:00Z',
    expect: { outcome: 'ineligible', version: '2020-01-01' },
  }
  writeFileSync(cases, JSON.stringify({ cases: [one, before] }))
  const { code, out } = await runHuimin('rules test town/living', {
    project,
    env: { RULEBOOK_DIRS: join(project, 'draft') },
  })
  t.match(out, /^town\/living +6 +6 +0\n/m)
  t.equal(code, 0)
})

t.test(
  'rules diff words the changes; the second version may leave out the programme',
  async (t) => {
    const { code, out } = await runHuimin('rules diff town/living@undated 2020-01-01', {
      project: BASE,
    })
    t.equal(code, 0)
    t.match(
      out,
      /^town\/living@undated -> town\/living@2020-01-01\n- “standard”.+\n {2}“standard” rises from 500 to 600 /,
    )
    const json = await runHuimin('rules diff town/living@undated town/living@2020-01-01 --json', {
      project: BASE,
    })
    t.match(JSON.parse(json.out), {
      changes: [{ kind: 'parameter-changed' }, {}],
      words: { zh: [/提高到/], en: [/rises/] },
    })
    t.match(
      out,
      /\n2 of 4 cases change\n- a household one fen .+: ineligible -> eligible 0.02\n- before the law .+: eligible 1000 -> eligible 1200\n$/,
    )
    t.match(JSON.parse(json.out).cases, {
      compared: 4,
      changed: [{ subject: { kind: 'household' }, from: { outcome: 'ineligible' } }, {}],
    })
    const others = 'rules diff town/elders@2020-01-01 town/living@2020-01-01'
    t.match((await runHuimin(others, { project: BASE })).out, /\n0 of 0 cases change\n$/)
    const same = await runHuimin('rules diff town/living@undated undated', { project: BASE })
    t.match(same.out, /\nno difference\n4 个案例中有 0 个结果改变\n0 of 4 cases change\n$/)
  },
)

t.test('a member whose case changes is named, with what is missing then', async (t) => {
  const project = copyBase(t.testdir())
  await runHuimin('rules new town/elders 2024-01-01', { project })
  const file = join(project, 'rules/town/elders/2024-01-01.json')
  edit(file, ['"value": 70', '"value": 71'])
  const { out } = await runHuimin('rules diff town/elders@2020-01-01.2 2024-01-01', { project })
  t.match(out, /^- “age”自2024-01-01起由 70 提高到 71 年，依据 elders$/m)
  t.match(out, /\n1 of 4 cases changes?\n- .+ \(m1\): eligible 100 -> ineligible\n$/)
})

t.test('rules coverage counts the clauses of each document', async (t) => {
  const { out } = await runHuimin('rules coverage', { project: BASE })
  t.match(out, /^notice +2 +1 +0 +0 +公告$/m)
  const one = await runHuimin('rules coverage notice', { project: BASE })
  t.match(one.out, /^elders +encoded +一 +town\/elders$/m)
  t.match(one.out, /^help +referral +一 +left to the authority$/m)
  const law = await runHuimin('rules coverage law', { project: BASE })
  t.match(law.out, /^law-age +encoded +一 +town\/elders member.isElderly$/m)
  const env = { RULEBOOK_DIRS: join(BASE, '../../lint/uncited-clause') }
  const uncited = await runHuimin('rules coverage notice', { project: BASE, env })
  t.match(uncited.out, /^forgotten +encoded +一 +-$/m)
  const json = await runHuimin('rules coverage notice --json', { project: BASE })
  t.match(JSON.parse(json.out), {
    documents: [{ document: { id: 'notice' }, counts: { encoded: 2 } }],
  })
})

t.test('rules schema writes the schemas beside the rules', async (t) => {
  const project = copyBase(t.testdir())
  const { code, out } = await runHuimin('rules schema', { project })
  t.equal(code, 0)
  t.match(out, /^schema\/version.json$/m)
  t.match(read(project, 'rules/schema/version.json'), { $ref: '#/$defs/RuleVersion' })
  t.equal((await runHuimin('rules check', { project })).code, 0)
})

t.test(
  'next year: a new line is a draft, is mended, tested and published by two hands',
  async (t) => {
    const project = copyBase(t.testdir())
    const io = { project, cwd: project }
    const started = await runHuimin('rules new town/living 2021-07-01', io)
    t.equal(started.code, 0)
    t.match(started.out, /^then: huimin rules check, test, test --mutate, diff, publish$/m)
    t.match(
      started.out,
      /^wrote rules\/town\/living\/2021-07-01.json\n {2}fill in clauses: .+\n {2}fill in parameter standard = 600 CNY\/person\/month \(standard\)/,
    )
    const file = join(project, 'rules/town/living/2021-07-01.json')
    t.match(read(file), {
      version: '2021-07-01',
      validFrom: '2021-07-01',
      publishedAt: null,
      supersedes: null,
      reviewBy: null,
    })

    edit(file, ['"value": 600', '"value": 650'])
    const text = readFileSync(file, 'utf8')
    t.equal((await runHuimin('rules check', io)).code, 0)
    const lock = read(project, 'rules/rulebook.lock.json')
    const published = await runHuimin(
      ['rules', 'publish', 'rules/town/living/2021-07-01.json', ...HANDS.split(' ')],
      io,
    )
    t.equal(published.out, 'published town/living@2021-07-01\n1 published, 2 files written\n')
    t.match(read(file), {
      publishedAt: '2026-11-25T10:20:30Z',
      publishedBy: 'encoder-2',
      reviewedBy: 'reader-2',
    })
    t.equal(
      readFileSync(file, 'utf8').split('\n').length,
      text.split('\n').length,
      'its layout stays',
    )
    const after = read(project, 'rules/rulebook.lock.json')
    t.match(after, lock)
    t.match(after.versions['town/living@2021-07-01'], /^sha256:/)
    t.equal((await runHuimin('rules check', io)).code, 0)
  },
)

t.test(
  'a version that starts the same day is a correction, numbered and superseding',
  async (t) => {
    const project = copyBase(t.testdir())
    const io = { project, cwd: project }
    await runHuimin('rules new town/elders 2020-01-01', io)
    t.match(read(project, 'rules/town/elders/2020-01-01.3.json'), {
      version: '2020-01-01.3',
      supersedes: '2020-01-01.2',
      validTo: '2023-01-01',
      publishedAt: null,
    })
    await runHuimin('rules new town/living undated', io)
    t.match(read(project, 'rules/town/living/undated.2.json'), {
      validFrom: null,
      supersedes: 'undated',
    })
    const { code, out } = await runHuimin(`rules publish ${HANDS} --json`, io)
    t.equal(code, 0)
    t.strictSame(JSON.parse(out).published, ['town/elders@2020-01-01.3', 'town/living@undated.2'])
  },
)

t.test('a new programme has every file, and check names what is left to fill in', async (t) => {
  const project = copyBase(t.testdir())
  const io = { project, cwd: project }
  const first = await runHuimin('rules new city/loans undated --json', io)
  t.strictSame(JSON.parse(first.out).written, [
    'rules/city/jurisdiction.json',
    'rules/city/loans/programme.json',
    'rules/city/loans/undated.json',
    'rules/city/loans/cases.json',
  ])
  const second = await runHuimin('rules new town/loans 2021-01-01', io)
  t.equal(second.code, 0)
  t.match(second.out, /^then: huimin rules check, test, test --mutate, publish$/m)
  t.notMatch(first.out, /"explanation": ""/)
  t.equal(
    read(project, 'rules/town/loans/2021-01-01.json').$schema,
    '../../schema/version.json',
    'editors find the schema from the file',
  )
  t.notOk(existsSync(join(project, 'rules/town/loans/jurisdiction.json')))
  const { code, out } = await runHuimin('rules check', io)
  t.equal(code, 1)
  t.match(out, /^rules\/city\/jurisdiction.json \/code: /m)
  t.match(out, /^rules\/town\/loans\/programme.json \/name\/zh: is empty$/m)
  t.match(
    out,
    /^rules\/town\/loans\/2021-01-01.json \/conditions\/all\/0\/fact: unknown fact "fill-in"; the nearest is .+$/m,
  )
})

t.test('a draft that stands already is neither corrected nor started again', async (t) => {
  const project = copyBase(t.testdir({ more: {} }))
  const io = { project, cwd: project }
  const refused = async (command: string, file: string) => {
    const before = readdirSync(project, { recursive: true })
    t.match(await runHuimin(command, io), { code: 2, out: '', err: `${file} exists already\n` })
    t.strictSame(readdirSync(project, { recursive: true }), before)
  }
  await runHuimin('rules new city/loans undated', io)
  await refused('rules new city/loans undated', 'rules/city/loans/undated.json')
  await refused('rules new city/loans undated --to more', 'rules/city/loans/undated.json')
  await runHuimin('rules new town/elders 2020-01-01', io)
  await refused('rules new town/elders 2020-01-01', 'rules/town/elders/2020-01-01.3.json')
})

t.test('rules new --explain prints what every field means, and writes nothing', async (t) => {
  const project = copyBase(t.testdir())
  const io = { project, cwd: project }
  const before = readdirSync(project, { recursive: true })
  const explained = await runHuimin('rules new town/loans 2021-01-01 --explain', io)
  t.equal(explained.code, 0)
  t.match(
    explained.out,
    /^programme.json\n(.+\n)+\n2021-01-01.json\n {2}programme .+\n(.+\n)+ {2}scorecard.items\[\].unless .+\n(.+\n)+ {2}entitlement.against +Of a top-up/,
  )
  t.notMatch(explained.out, /wrote|fill in/)
  t.strictSame(readdirSync(project, { recursive: true }), before)
  await runHuimin('rules new town/loans 2021-01-01', io)
  const json = await runHuimin('rules new town/loans 2021-01-01 --explain --json', io)
  t.match(JSON.parse(json.out), { fields: [{ path: /2021-01-01.json$/ }] })
})

t.test('a scaffold is never written over a file', async (t) => {
  const project = copyBase(t.testdir())
  const io = { project, cwd: project }
  await runHuimin('rules new city/loans undated', io)
  rmSync(join(project, 'rules/city/loans/undated.json'))
  const { code, err } = await runHuimin('rules new city/loans undated', io)
  t.equal(code, 2)
  t.equal(err, 'rules/city/loans/programme.json exists already\n')
})

t.test(
  'an extra folder takes a draft of its own and gets a lock when it is published',
  async (t) => {
    const project = copyBase(t.testdir(), 'good/draft')
    const io = { project, cwd: project, env: { RULEBOOK_DIRS: 'draft' } }
    const started = await runHuimin('rules new town/living 2023-01-01 --to draft', io)
    t.match(started.out, /^wrote draft\/town\/living\/2023-01-01.json$/m)
    const { out } = await runHuimin(`rules publish ${HANDS}`, io)
    t.match(out, /^2 published, 3 files written$/m)
    const lock = read(project, 'draft/rulebook.lock.json')
    t.strictSame(Object.keys(lock.versions), ['town/living@2022-01-01', 'town/living@2023-01-01'])
    t.strictSame(
      [lock.programmes, lock.jurisdictions],
      [{ 'town/living': 'household' }, { town: '990001' }],
      'and what these rest on, wherever that stands',
    )
    t.equal(
      loadRulebook(defaultLayers(io.env, project, project)).programmes.get('town/living')?.versions
        .length,
      4,
    )
  },
)

t.test('nothing is published while a case of its programme fails', async (t) => {
  const project = copyBase(t.testdir())
  const io = { project, cwd: project }
  await runHuimin('rules new town/living 2021-07-01', io)
  const file = join(project, 'rules/town/living/2021-07-01.json')
  const cases = join(project, 'rules/town/living/cases.json')
  edit(cases, ['"amount": 0.02', '"amount": 0.03'])
  const text = readFileSync(file, 'utf8')
  t.match(await runHuimin(`rules publish ${HANDS}`, io), {
    code: 1,
    out: '',
    err: /^nothing is published while a case fails\n\ntown\/living\/cases.json: .+\n {2}amount: expected 0.03, found 0.02\n$/,
  })
  t.equal(readFileSync(file, 'utf8'), text)
  edit(cases, ['"amount": 0.03', '"amount": 0.02'])
  t.equal((await runHuimin(`rules publish ${HANDS}`, io)).code, 0)
})

t.test('publishing only takes drafts', async (t) => {
  const { code, err } = await runHuimin(['rules', 'publish', 'nothing.json', ...HANDS.split(' ')], {
    project: BASE,
    cwd: BASE,
  })
  t.equal(code, 2)
  t.match(err, 'nothing.json is no draft of a rule version')
  const published = 'rules/town/living/2020-01-01.json'
  t.match(
    await runHuimin(['rules', 'publish', published, ...HANDS.split(' ')], {
      project: BASE,
      cwd: BASE,
    }),
    {
      code: 2,
      err: `${published} is published already: correct it by huimin rules new town/living 2020-01-01\n`,
    },
  )
})

t.test('of several drafts only those that are named are published', async (t) => {
  const project = copyBase(t.testdir())
  const io = { project, cwd: project }
  await runHuimin('rules new town/elders 2020-01-01', io)
  await runHuimin('rules new town/living undated', io)
  const publish = (...paths: string[]) =>
    runHuimin(['rules', 'publish', ...paths, ...HANDS.split(' '), '--json'], io)
  const elders = 'rules/town/elders/2020-01-01.3.json'
  const wrong = await publish(elders, 'rules/town/living/nothing.json')
  t.match(wrong, { code: 2, err: 'rules/town/living/nothing.json is no draft of a rule version' })
  t.equal(read(project, elders).publishedAt, null)
  const { out } = await publish(elders)
  t.strictSame(JSON.parse(out).published, ['town/elders@2020-01-01.3'])
  t.equal(read(project, 'rules/town/living/undated.2.json').publishedAt, null)
})

t.test('nothing is written while the rulebook has a defect', async (t) => {
  const project = copyBase(t.testdir(), 'good/draft')
  const file = join(project, 'draft/town/living/2022-01-01.json')
  edit(file, ['"lessThan"', '"almost"'])
  const text = readFileSync(file, 'utf8')
  const io = { project, cwd: project, env: { RULEBOOK_DIRS: 'draft' } }
  const { code, err } = await runHuimin(`rules publish ${HANDS}`, io)
  t.equal(code, 1)
  t.match(err, /unknown operator "almost"/)
  t.equal(readFileSync(file, 'utf8'), text)
  edit(
    file,
    ['"almost"', '"lessThan"'],
    ['"interpretations": []', '"interpretations": ["nowhere"]'],
  )
  const facts = join(project, 'rules/facts.json')
  edit(facts, ['"yearsBetween"', '"yearsSince"'])
  const meanings = await runHuimin(`rules publish ${HANDS}`, io)
  t.match(meanings.err, /unknown interpretation "nowhere"/)
  t.match(meanings.err, /unknown expression \{yearsSince\}/)
  edit(facts, ['"sensitive"', '"secret"'])
  t.match((await runHuimin(`rules publish ${HANDS}`, io)).err, /unknown key "secret"/)
  writeFileSync(file, '{')
  t.match((await runHuimin(`rules publish ${HANDS}`, io)).err, /is not JSON/)
})

t.test(
  'a changed published version is not published anew unless the lock is rewritten',
  async (t) => {
    const project = copyBase(t.testdir())
    const io = { project, cwd: project }
    edit(join(project, 'rules/town/living/2020-01-01.json'), ['"value": 600', '"value": 601'])
    const refused = await runHuimin(`rules check`, io)
    t.match(
      refused.out,
      /^rules\/town\/living\/2020-01-01.json: was changed after it was published/,
    )
    const lock = join(project, 'rules/rulebook.lock.json')
    t.match(await runHuimin(`rules publish ${HANDS}`, io), { code: 1, err: /was changed after/ })
    const rewritten = await runHuimin(`rules publish --rewrite-lock ${HANDS}`, io)
    t.equal(rewritten.out, '0 published, 1 files written\n')
    t.equal((await runHuimin('rules check', io)).code, 0)

    edit(lock, ['"released": null', '"released": "2026-11-24"'])
    const late = await runHuimin(`rules publish --rewrite-lock ${HANDS}`, io)
    t.equal(late.code, 2)
    t.match(late.err, 'released on 2026-11-24: the lock is never rewritten')
  },
)

t.test('a lock that is gone is made again only when asked for', async (t) => {
  const project = copyBase(t.testdir(), 'good/points')
  const io = { project, cwd: project }
  await runHuimin('rules new town/living 2021-07-01', io)
  rmSync(join(project, 'rules/rulebook.lock.json'))
  t.match(await runHuimin(`rules publish ${HANDS}`, io), {
    code: 2,
    err: /^there is no lock: --rewrite-lock /,
  })
  const env = { RULEBOOK_DIRS: join(project, 'points') }
  t.match(await runHuimin(`rules publish --rewrite-lock ${HANDS}`, { ...io, env }), {
    code: 0,
    out: /2 files written/,
  })
  const lock = read(project, 'rules/rulebook.lock.json')
  t.equal(Object.keys(lock.versions).length, 5)
  for (const held of ['versions', 'programmes', 'jurisdictions', 'facts', 'interpretations']) {
    const ids = Object.keys(lock[held])
    t.strictSame(ids, [...ids].sort(), 'in the order of the ids, whatever stood first on disk')
  }

  rmSync(join(project, 'rules/rulebook.lock.json'))
  const none = Object.fromEntries(Object.keys(lock).map((held) => [held, {}]))
  const extra = join(project, 'points/rulebook.lock.json')
  writeFileSync(extra, JSON.stringify({ ...none, released: null }))
  t.match(await runHuimin(`rules publish --rewrite-lock ${HANDS}`, { ...io, env }), {
    code: 0,
    out: '0 published, 2 files written',
  })
  t.strictSame(read(project, 'rules/rulebook.lock.json'), lock, 'without a draft as with one')
  t.strictSame(Object.keys(JSON.parse(readFileSync(extra, 'utf8')).versions), [
    'town/points@2022-01-01',
  ])
})
