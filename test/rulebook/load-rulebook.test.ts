import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { leavesOf } from '../../src/engine/condition-node.js'
import { defaultLayers, folderLayer } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import { defectLine } from '../../src/rulebook/rulebook.js'
import { BASE, basePlaces, copyBase, defectsOf, overlay } from '../support/rulebooks.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

t.test('a good rulebook loads with everything in the order of ids', async (t) => {
  const rulebook = loadRulebook(basePlaces)
  t.strictSame([...rulebook.programmes.keys()], ['town/elders', 'town/living'])
  t.strictSame([...rulebook.clauses.keys()], ['elders', 'help', 'law-1', 'law-age', 'standard'])
  t.strictSame([...rulebook.documents.keys()], ['law', 'notice'])
  t.strictSame([...rulebook.jurisdictions.keys()], ['990001'])
  t.equal(rulebook.facts.length, rulebook.dictionary.size)
  t.match(rulebook.digest, /^sha256:[0-9a-f]{64}$/)
})

t.test('versions of a programme stand oldest first, with file, digest and instant', async (t) => {
  const { programmes } = loadRulebook(basePlaces)
  const living = programmes.get('town/living')?.versions ?? []
  t.strictSame(
    living.map(({ rule }) => rule.id),
    ['town/living@undated', 'town/living@2020-01-01'],
  )
  t.match(living[1], {
    file: 'rules/town/living/2020-01-01.json',
    digest: /^sha256:/,
    publishedAt: '2026-11-21T00:00:00.000Z',
    json: { version: '2020-01-01' },
  })
  const elders = programmes.get('town/elders')?.versions ?? []
  t.strictSame(
    elders.map(({ rule }) => rule.version.version),
    ['2020-01-01', '2020-01-01.2'],
  )
})

t.test('a version is not in force before the latest law it cites', async (t) => {
  const { programmes } = loadRulebook(basePlaces)
  t.strictSame(
    programmes.get('town/living')?.versions.map(({ notBefore }) => notBefore),
    ['2015-05-01', '2015-05-01'],
  )
  t.strictSame(
    programmes.get('town/elders')?.versions.map(({ notBefore }) => notBefore),
    ['2019-01-01', null],
  )
})

t.test('a citation under definition-already-so binds no version to the law', async (t) => {
  const rulebook = loadRulebook(overlay('good/already-so'))
  const versions = rulebook.programmes.get('town/elders')?.versions ?? []
  t.strictSame(
    versions.slice(0, 2).map(({ rule, notBefore }) => [rule.version.version, notBefore]),
    [
      ['2017-01-01', null],
      ['2018-01-01', null],
    ],
  )
})

t.test('with the source documents every quotation is shown in its paragraph', async (t) => {
  const { paragraphs } = loadRulebook(basePlaces)
  t.equal(paragraphs.get('elders'), '二、七十周岁以上老人每月发给100元。')
  t.strictSame([...paragraphs.keys()], ['standard', 'elders', 'help'])
})

t.test(
  'without the source documents there are no paragraphs, and nothing is refused',
  async (t) => {
    const { paragraphs } = loadRulebook({ layers: basePlaces.layers })
    t.equal(paragraphs.size, 0)
  },
)

t.test(
  'an extra folder adds programmes, scorecards and cases without a lock of its own',
  async (t) => {
    const { programmes } = loadRulebook(overlay('good/points'))
    t.strictSame([...programmes.keys()], ['town/elders', 'town/living', 'town/points'])
    t.equal(programmes.get('town/points')?.jurisdiction.code, '990001')
    t.equal(programmes.get('town/points')?.cases.length, 1)
  },
)

t.test('a draft is checked, but takes part only where drafts are asked for', async (t) => {
  const places = overlay('good/draft')
  const ids = (drafts: boolean) =>
    loadRulebook({ ...places, drafts })
      .programmes.get('town/living')
      ?.versions.map(({ rule }) => rule.version.version)
  t.strictSame(ids(false), ['undated', '2020-01-01'])
  t.strictSame(ids(true), ['undated', '2020-01-01', '2022-01-01'])
})

t.test(
  'the digest of a rulebook changes with a version and not with the order of keys',
  async (t) => {
    const { digest } = loadRulebook(basePlaces)
    t.equal(loadRulebook(basePlaces).digest, digest)
    t.not(loadRulebook({ ...overlay('good/draft'), drafts: true }).digest, digest)
    t.equal(loadRulebook(overlay('good/draft')).digest, digest)
  },
)

t.test('the project needs a lock as soon as a version is published', async (t) => {
  const project = copyBase(t.testdir())
  mkdirSync(join(project, 'extra'))
  renameSync(join(project, 'rules/rulebook.lock.json'), join(project, 'extra/rulebook.lock.json'))
  const needed = 'rules/rulebook.lock.json: published versions need a lock: huimin rules publish'
  t.strictSame(defectsOf(defaultLayers({}, project)).map(defectLine), [needed])
  const env = { RULEBOOK_DIRS: join(project, 'extra') }
  t.ok(
    defectsOf(defaultLayers(env, project)).map(defectLine).includes(needed),
    'the lock of an extra folder is not that of the project',
  )
})

t.test(
  'whom a published programme entitles and where never changes without a complaint',
  async (t) => {
    const project = copyBase(t.testdir())
    const change = (file: string, from: string, to: string) => {
      const path = join(project, 'rules/town', file)
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
      return defectsOf(defaultLayers({}, project)).map(defectLine)
    }
    const was = (value: string) =>
      `was "${value}" when versions were published under it; put it back: answers rest on it`
    t.strictSame(
      change('elders/programme.json', '"subject": "member"', '"subject": "household"').slice(-1),
      [`rules/town/elders/programme.json /subject: ${was('member')}`],
    )
    change('elders/programme.json', '"subject": "household"', '"subject": "member"')
    t.strictSame(change('living/programme.json', '"subject": "household"', '"subject": "member"'), [
      `rules/town/living/programme.json /subject: ${was('household')}`,
    ])
    change('living/programme.json', '"subject": "member"', '"subject": "household"')
    t.match(change('jurisdiction.json', '"990001"', '"990002"'), [
      /^rules\/town\/jurisdiction.json \/code: was "990001" when versions were published /,
    ])
  },
)

t.test('a project with drafts only needs no lock', async (t) => {
  const project = copyBase(t.testdir())
  for (const file of ['rulebook.lock.json', 'town/living', 'town/elders'])
    rmSync(join(project, 'rules', file), { recursive: true })
  t.strictSame(defectsOf(defaultLayers({}, project)), [])
})

t.test('a lock that is not JSON is the only defect, not everything it held', async (t) => {
  const project = copyBase(t.testdir())
  writeFileSync(join(project, 'rules/rulebook.lock.json'), '{')
  const lines = defectsOf(defaultLayers({}, project)).map(defectLine)
  t.match(lines, [/^rules\/rulebook.lock.json: is not JSON.+/])
  t.equal(lines.length, 1)
})

t.test('the message of a refusal has one line for each defect', async (t) => {
  t.throws(() => loadRulebook(overlay('bad/document-changed')), {
    name: 'RulebookDefects',
    message: /^document-changed\/documents.json \/documents\/0\/sha256: .+\ndocument-changed\/.+$/,
  })
})

t.test('the environment names extra folders and the source documents', async (t) => {
  const env = { RULEBOOK_DIRS: 'a:/b:', SOURCES_DIR: 'texts' }
  t.strictSame(defaultLayers(env, '/project', '/home'), {
    layers: [
      { rules: '/project/rules', seeds: '/project/seeds', setting: 'rules' },
      { rules: '/home/a', seeds: '/home/a', setting: 'RULEBOOK_DIRS' },
      { rules: '/b', seeds: '/b', setting: 'RULEBOOK_DIRS' },
    ],
    sources: '/home/texts',
  })
})

t.test('without a setting the rulebook is the one of this project', async (t) => {
  t.match(defaultLayers({}), { layers: [{ rules: /rules$/, seeds: /seeds$/ }] })
})

t.test('a folder that does not exist is named with its setting', async (t) => {
  const missing = defaultLayers({ RULEBOOK_DIRS: '/nowhere/extra' }, BASE)
  t.strictSame(defectsOf(missing).map(defectLine), [
    '/nowhere/extra: there is no such folder (RULEBOOK_DIRS)',
  ])
  const unnamed = { layers: [...basePlaces.layers, folderLayer('/nowhere/extra')] }
  t.strictSame(defectsOf(unnamed).map(defectLine), ['/nowhere/extra: there is no such folder'])
})

t.test('a file that cannot be read is a defect, and hidden files are none of ours', async (t) => {
  const project = copyBase(t.testdir())
  symlinkSync('/nowhere.json', join(project, 'rules/town/living/2022-01-01.json'))
  writeFileSync(join(project, 'rules/.backup.json'), '{')
  t.strictSame(defectsOf(defaultLayers({}, project)).map(defectLine), [
    'rules/town/living/2022-01-01.json: cannot be read',
  ])
})

t.test(
  'conflicts are typed with their conditions, referrals stand in the order of ids',
  async (t) => {
    const { conflicts, referrals } = shippedRulebook()
    t.ok(conflicts.some(({ when }) => when !== null))
    t.ok(conflicts.some(({ when }) => when === null))
    for (const { conflict, when } of conflicts)
      t.strictSame(
        when === null ? undefined : { all: leavesOf(when).map(({ json }) => json) },
        conflict.when,
      )
    t.strictSame([...referrals.keys()], [...referrals.keys()].sort())
    t.ok(referrals.size > 100)
  },
)
