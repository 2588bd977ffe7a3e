import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import tap, { type Test, test } from 'tap'
import type { Authenticate } from '../../src/http/access/caller.js'
import { authenticateLocally } from '../../src/http/access/local-keys.js'
import { signCheckpoint } from '../../src/ledger/checkpoint.js'
import { issueCheckpoint } from '../../src/ledger/issue-checkpoint.js'
import { type OpenLedger, openLedger } from '../../src/ledger/open-ledger.js'
import { decisionRequest, KEYS, type Role } from '../support/ledger-service.js'
import { rulebook } from '../support/listen.js'
import { runHuimin } from '../support/run-huimin.js'
import { lacking, MODES, type Opened, openBrowser, visit } from './open-pages.js'
import { signedIn } from './signed-in.js'
import { type Focus, focused, sound } from './sound.js'

// A browser on a busy machine takes its time.
tap.setTimeout(900_000)

const WORDS = {
  zh: {
    key: '密钥',
    signIn: '登录',
    signInFirst: '请先登录',
    never: '从未送出',
    passed: '全部核对通过',
    reviewed: /最近一次人工复核：\s+条件不成立/,
    gone: '案情已删除，无法再核对',
    again: '重新计算',
    identical: '逐字节相同',
    differs: /有 \d+ 处不同/,
    recalculate: '开始重算',
    details: '理由、计算过程和条款',
    facts: /含个人敏感信息/,
    readings: '显示查阅记录',
    money: '20 元/月',
    income: '2,100 元/月',
    standards: /1,060 元\/人\/月\s+980 元\/人\/月/,
    overpaid: /多发 [\d,]+ 元/,
    asOf: '查询日期（不填则不变）',
    rules: '按哪些规则',
    rulesOfList: '按哪些规则重算',
  },
  en: {
    key: 'Key',
    signIn: 'Sign in',
    signInFirst: 'Sign in first',
    never: 'Never taken outside',
    passed: 'Every check passed',
    reviewed: /Last review by a person:\s+Conditions not met/,
    gone: 'the facts were erased',
    again: 'Determine again',
    identical: 'Identical byte for byte',
    differs: /\d+ differences/,
    recalculate: 'Recalculate',
    details: 'Reasons, sums and clauses',
    facts: /Sensitive personal information/,
    readings: 'Show who looked at it',
    money: '20 CNY a month',
    income: '2,100 CNY a month',
    standards: /1,060 CNY a person a month\s+980 CNY a person a month/,
    overpaid: /Overpaid [\d,]+ CNY/,
    asOf: 'For the day (empty: as recorded)',
    rules: 'Under which rules',
    rulesOfList: 'Under which rules',
  },
}

/** A service with a ledger of its own, and a browser. */
interface Ledgered extends Opened {
  readonly ledger: OpenLedger
  /** Where the ledger is, and a place outside. */
  readonly folder: string
  readonly outside: string
  /** Tokens that are not good any more. */
  readonly expired: Set<string>
  readonly ask: (role: Role, method: string, path: string, body?: object) => Promise<Response>
  /** Records a decision; its id. */
  readonly record: (changes?: object) => Promise<string>
}

async function openLedgered(t: Test): Promise<Ledgered> {
  const clock = () => new Date()
  const root = t.testdir({ data: {}, outside: {} })
  const [folder, outside] = [`${root}/data`, `${root}/outside`]
  const ledger = await openLedger({ DATA_DIR: folder }, clock)
  const expired = new Set<string>()
  const known = authenticateLocally(KEYS)
  const authenticate: Authenticate = async (token) => (expired.has(token) ? null : known(token))
  const opened = await openBrowser(t, { ledger, authenticate, clock })
  t.teardown(() => ledger.close())
  let keys = 0
  const ask: Ledgered['ask'] = (role, method, path, body) => {
    keys += 1
    return fetch(opened.origin + path, {
      method,
      headers: {
        authorization: `Bearer ${KEYS[role]}`,
        'accept-language': 'zh',
        'idempotency-key': `key-${keys}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  const record = async (changes: object = {}) => {
    const body = { ...decisionRequest, ...changes }
    const answer = await ask('caseworker', 'POST', '/v1/decisions', body)
    if (answer.status !== 201) throw new Error(await answer.text())
    return ((await answer.json()) as { id: string }).id
  }
  return { ...opened, ledger, folder, outside, expired, ask, record }
}

/** How each step of a check came out, by its name. */
async function standings(page: Page, within = '[data-verdict]'): Promise<Record<string, string>> {
  await page.locator(`${within} [data-step]`).first().waitFor()
  const steps = await page.locator(`${within} [data-step]`).all()
  const pairs = steps.map(async (one) => [
    await one.getAttribute('data-step'),
    await one.getAttribute('data-standing'),
  ])
  return Object.fromEntries(await Promise.all(pairs))
}

const ALL_PASSED = {
  shown: 'passed',
  entry: 'passed',
  facts: 'passed',
  receipt: 'passed',
  inclusion: 'passed',
  checkpoint: 'passed',
}

/** An answer of the service that somebody changed on its way, and the steps that must notice. */
interface Tampered {
  readonly what: string
  readonly address: RegExp
  readonly change: (text: string) => string
  readonly failed: readonly string[]
}

/** Another letter of base64, away from the end, whose last bits may mean nothing. */
const otherLetter = (text: string, at: number) =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape are changed here
const asJson = (edit: (json: any) => void) => (text: string) => {
  const json = JSON.parse(text)
  edit(json)
  return JSON.stringify(json)
}

const DECISION = /\/v1\/decisions\/[0-9a-f-]{36}$/
const TAMPERED: readonly Tampered[] = [
  {
    what: 'another office is shown',
    address: DECISION,
    change: asJson((decision) => {
      decision.office = 'elsewhere'
    }),
    failed: ['shown'],
  },
  {
    what: 'another outcome is shown',
    address: DECISION,
    change: asJson((decision) => {
      decision.outcomes[0].outcome = 'ineligible'
      decision.determination.determinations[0].outcome = 'ineligible'
    }),
    failed: ['shown', 'facts'],
  },
  {
    what: 'another amount is shown',
    address: DECISION,
    change: asJson((decision) => {
      decision.determination.determinations[0].entitlement.amount = 2000
    }),
    failed: ['facts'],
  },
  {
    what: 'the answer is left out as if it had been erased',
    address: DECISION,
    change: asJson((decision) => {
      decision.determination = null
    }),
    failed: ['facts'],
  },
  {
    what: 'the receipt is of another time',
    address: DECISION,
    change: asJson((decision) => {
      decision.receipt.recordedAt = '2026-01-01T00:00:00.000Z'
    }),
    failed: ['shown', 'receipt'],
  },
  {
    what: 'the receipt has another signature',
    address: DECISION,
    change: asJson((decision) => {
      decision.receipt.signature = otherLetter(decision.receipt.signature, 10)
    }),
    failed: ['receipt'],
  },
  {
    what: 'the receipt is no base64',
    address: DECISION,
    change: asJson((decision) => {
      decision.receipt.signature = '?'
    }),
    failed: ['receipt'],
  },
  {
    what: 'the bytes of the entry were altered, and the page with them',
    address: /\/v1\/log\/entries/,
    change: (text) => text.replace('local-caseworker', 'local-casewarder'),
    failed: ['shown', 'entry', 'inclusion'],
  },
  {
    what: 'the entry is missing',
    address: /\/v1\/log\/entries/,
    change: asJson((answer) => {
      answer.entries = []
    }),
    failed: ['shown', 'entry', 'facts', 'inclusion'],
  },
  {
    what: 'other facts',
    address: /\/facts$/,
    change: (text) => text.replace('2100', '2101'),
    failed: ['facts'],
  },
  {
    what: 'another salt',
    address: /\/facts$/,
    change: asJson((sealed) => {
      sealed.salt = otherLetter(sealed.salt, 10)
    }),
    failed: ['facts'],
  },
  {
    what: 'another path to the root',
    address: /\/proofs\/inclusion/,
    change: asJson((proof) => {
      proof.hashes[0] = otherLetter(proof.hashes[0], 10)
    }),
    failed: ['inclusion'],
  },
  {
    what: 'a path that is too short',
    address: /\/proofs\/inclusion/,
    change: asJson((proof) => {
      proof.hashes.pop()
    }),
    failed: ['inclusion'],
  },
  {
    what: 'the proof is for another size than the checkpoint',
    address: /\/proofs\/inclusion/,
    change: asJson((proof) => {
      proof.treeSize -= 1
    }),
    failed: ['inclusion'],
  },
  {
    what: 'another root in the checkpoint',
    address: /\/v1\/log\/checkpoint/,
    change: (note) => {
      const [origin, size, root = '', ...rest] = note.split('\n')
      return [origin, size, otherLetter(root, 10), ...rest].join('\n')
    },
    failed: ['inclusion', 'checkpoint'],
  },
  {
    what: 'another signature below the checkpoint',
    address: /\/v1\/log\/checkpoint/,
    change: (note) => otherLetter(note, note.length - 20),
    failed: ['checkpoint'],
  },
  {
    what: 'a key that is not the one of its key id',
    address: /\/v1\/log\/public-keys/,
    change: asJson((answer) => {
      const { verifier } = answer.keys[0]
      answer.keys[0].verifier = otherLetter(verifier, verifier.length - 10)
    }),
    failed: ['receipt', 'checkpoint'],
  },
]

/** Changes the answers at some addresses on their way to the page. */
async function tamper(page: Page, address: RegExp, change: (text: string) => string) {
  await page.route(
    (url) => address.test(url.pathname),
    async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: change(await response.text()) })
    },
  )
}

test('the auditor’s pages in a browser', { skip: lacking, timeout: 900_000 }, async (t) => {
  const opened = await openLedgered(t)
  const { ask, record, folder, outside } = opened
  const id = await record()
  const erased = await record({ caseReference: 'case-erased' })
  await ask('privacy', 'DELETE', `/v1/decisions/${erased}/facts`)
  await record({
    jurisdiction: '440400',
    programmes: ['zhuhai/free-sports-facilities'],
    caseReference: 'case-zhuhai',
    household: { members: [{ id: 'm1' }] },
  })
  for (let n = 0; n < 5; n += 1) await record({ caseReference: `case-more-${n}` })
  const review = { programme: 'dongguan/minimum-living', subject: { kind: 'household' } }
  await ask('caseworker', 'POST', `/v1/decisions/${id}/reviews`, {
    ...review,
    outcome: 'ineligible',
    reason: 'a flat was found',
  })

  for (const { name: mode, ...reading } of MODES) {
    const w = WORDS[reading.language]
    await t.test(`a decision is looked up, checked and determined again: ${mode}`, async (t) => {
      const out = await visit(opened, reading)
      for (const [name, address] of [
        ['decisions', '/decisions'],
        ['decision', `/decisions/${id}`],
        ['worklist', '/recalculations'],
      ] as const) {
        await out.open(address)
        await out.page.getByText(w.signInFirst).waitFor()
        await sound(t, out, `${name}-out-${mode}`)
      }

      const one = await signedIn(opened, 'auditor', reading)
      const { page } = one
      await one.go('/decisions')
      await page.getByRole('link', { name: 'case-1', exact: true }).waitFor()
      await page.getByText(w.never, { exact: true }).waitFor()
      await sound(t, one, `decisions-${mode}`)
      await page.getByRole('link', { name: 'case-1', exact: true }).click()
      t.strictSame(await standings(page), ALL_PASSED)
      await page.getByText(w.passed).waitFor()
      const main = page.locator('main')
      t.match(await main.innerText(), w.money)
      t.match(await main.innerText(), 'a flat was found', 'the review with its reason')
      t.match(await page.locator('article.card.eligible').innerText(), w.reviewed, 'beside it')
      await page.getByText(w.details).first().click()
      await page.getByText('東府〔2020〕1號').first().waitFor()
      await page.getByText(w.facts).click()
      await page.getByText(w.income).waitFor()
      await page.getByText(w.readings).click()
      await page.getByText('local-auditor').first().waitFor()
      await page.getByRole('button', { name: w.again }).click()
      await page.getByText(w.identical).waitFor()
      await page.getByLabel(w.rules).selectOption('clocks')
      await page.getByLabel(w.asOf).fill('2020-03-05')
      await page.getByRole('button', { name: w.again }).click()
      await page.getByText(w.differs).first().waitFor()
      const table = page.locator('section[aria-labelledby=replay] table')
      t.match(await table.innerText(), /2020-03-06\s+dongguan\/minimum-living@undated/)
      t.match(await table.innerText(), w.standards, 'what was required, and its unit')
      await sound(t, one, `decision-${mode}`)

      await one.go(`/decisions/${erased}`)
      t.strictSame(await standings(page), { ...ALL_PASSED, facts: 'gone' })
      await page.getByText(w.gone).first().waitFor()
      await sound(t, one, `erased-${mode}`)

      await one.go('/recalculations')
      await page.getByLabel(w.rulesOfList).selectOption('clocks')
      await page.getByLabel(w.asOf).fill('2020-03-05')
      await page.getByRole('button', { name: w.recalculate }).click()
      await page.locator('#summary').waitFor()
      t.equal(await page.locator('article.card').count(), 6)
      t.match(await page.locator('article.card').first().innerText(), w.overpaid)
      await sound(t, one, `worklist-${mode}`)
      await page.evaluate('document.documentElement.style.fontSize = "200%"')
      await sound(t, one, `worklist-twice-${mode}`)
      await one.go('/decisions')
      await page.getByRole('link', { name: 'case-1', exact: true }).waitFor()
      await sound(t, one, `decisions-twice-${mode}`)
      await page.getByRole('link', { name: 'case-1', exact: true }).click()
      await standings(page)
      await sound(t, one, `decision-twice-${mode}`)
    })
  }

  for (const { what, address, change, failed } of TAMPERED)
    await t.test(`a changed answer shows as failed: ${what}`, async (t) => {
      const one = await signedIn(opened, 'auditor')
      await tamper(one.page, address, change)
      await one.go(`/decisions/${id}`)
      const marked = Object.fromEntries(failed.map((name) => [name, 'failed']))
      t.strictSame(await standings(one.page), { ...ALL_PASSED, ...marked })
      const verdict = one.page.locator('[data-verdict]')
      t.equal(await verdict.getAttribute('data-verdict'), 'unmet')
      t.match(await verdict.innerText(), `有 ${failed.length} 步不通过`)
      if (what === 'other facts') await sound(t, one, 'tampered-zh-1280')
    })

  await t.test(
    'a key that only pretends to have the key id of the log is left aside',
    async (t) => {
      const one = await signedIn(opened, 'auditor')
      const pretend = asJson(({ keys }) => {
        const [good] = keys
        keys.unshift({ ...good, verifier: otherLetter(good.verifier, good.verifier.length - 10) })
      })
      await tamper(one.page, /\/v1\/log\/public-keys/, pretend)
      await one.go(`/decisions/${id}`)
      t.strictSame(await standings(one.page), ALL_PASSED)
    },
  )

  await t.test(
    'a decision that has no place in the log yet is told to wait, not blamed',
    async (t) => {
      const one = await signedIn(opened, 'auditor', { language: 'en' })
      const { page } = one
      const address = /\/proofs\/inclusion/
      const problem = {
        title: 'Not yet',
        status: 404,
        detail: 'Not yet',
        code: 'not-yet-sequenced',
      }
      await page.route(address, (route) =>
        route.fulfill({
          status: 404,
          contentType: 'application/problem+json',
          body: JSON.stringify(problem),
        }),
      )
      await one.go(`/decisions/${id}`)
      await page.getByText('has no place in the log yet').waitFor()
      t.equal(await page.locator('[data-verdict]').count(), 0)
      await page.unroute(address)
      await page.getByRole('button', { name: 'Check again' }).click()
      t.strictSame(await standings(page), ALL_PASSED)
    },
  )

  await t.test('a browser that cannot check says so plainly, and claims nothing', async (t) => {
    const plain = await signedIn(opened, 'auditor', { language: 'en' })
    // As on a connection that is not secure.
    await plain.page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    await plain.go(`/decisions/${id}`)
    await plain.page.getByText('It cannot be checked in this browser').waitFor()
    t.equal(await plain.page.locator('[data-step]').count(), 0)
    await sound(t, plain, 'uncheckable-en-1280')
    await plain.go('/decisions')
    t.match(await plain.page.locator('#checkpoint + .card').innerText(), 'Cannot be checked')

    const old = await signedIn(opened, 'auditor', { language: 'en' })
    await old.page.evaluate(
      `SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))`,
    )
    await old.go(`/decisions/${id}`)
    t.strictSame(await standings(old.page), {
      ...ALL_PASSED,
      receipt: 'uncheckable',
      checkpoint: 'uncheckable',
    })
    await old.page.getByText('Some steps cannot be checked in this browser').waitFor()
  })

  await t.test('decisions are found by city, outcome, case and day, page by page', async (t) => {
    for (let n = 0; n < 45; n += 1) await record({ caseReference: `case-page-${n}` })
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    const addresses: string[] = []
    page.on('framenavigated', (frame) => addresses.push(frame.url()))
    await one.go('/decisions')
    const cards = page.locator('article.card')
    const search = async (count: number) => {
      await page.getByRole('button', { name: 'Search' }).click()
      const text = count === 1 ? '1 decision' : `${count} decisions`
      if (count > 0) await page.getByText(text, { exact: true }).waitFor()
      else await page.getByText('No decision matches').waitFor()
      t.equal(await cards.count(), count)
    }
    await page.getByText('The newest 50 are listed; there are more').waitFor()
    await page.getByRole('button', { name: 'List 50 more' }).click()
    await page.getByText('53 decisions').waitFor()
    t.equal(await cards.count(), 53)
    await page.getByLabel('City').selectOption('440400')
    await search(1)
    t.match(await cards.innerText(), /case-zhuhai[\s\S]*Conditions met/)
    t.notMatch(await page.getByLabel('Programme').innerText(), 'Minimum living')
    await page.getByLabel('Computed outcome').selectOption('unknown')
    await search(0)
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await page.getByText('The newest 50').waitFor()
    await page.getByLabel('Programme').selectOption('dongguan/minimum-living')
    await page.getByLabel('Case reference').fill('case-more-3')
    await search(1)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
    await page.getByLabel('Recorded from').fill(today.format(new Date()))
    await page.getByLabel('To (this day included)').fill(today.format(new Date()))
    await search(1)
    await page.getByLabel('Recorded from').fill(today.format(new Date(Date.now() + 864e5)))
    await page.getByLabel('To (this day included)').fill('')
    await search(0)
    await page.getByLabel('Recorded from').fill('')
    await search(1)
    await page.getByRole('link', { name: 'case-more-3' }).click()
    await standings(page)
    await page.getByRole('link', { name: 'Back to the decisions' }).click()
    await page.getByText('1 decision', { exact: true }).waitFor()
    t.equal(
      await page.getByLabel('Case reference').inputValue(),
      'case-more-3',
      'kept for the way back',
    )
    t.notMatch(addresses.join(' '), 'case-', 'no case stands in an address of the page')
    t.notMatch(await page.title(), 'case-')
    t.strictSame(await page.evaluate('Object.keys(localStorage)'), ['huimin-reading'])
    t.equal(await page.evaluate('sessionStorage.length'), 0)
    await page.getByRole('button', { name: 'Sign out' }).click()
    t.equal(await cards.count(), 0, 'gone with the sign-in')
    t.strictSame(one.faults, [])
  })

  await t.test('who may see what is told which right is needed', async (t) => {
    const worker = await signedIn(opened, 'caseworker', { language: 'en' })
    await worker.go('/decisions')
    await worker.page.getByText('The newest 50').waitFor()
    const refusal = 'One of these is needed: audit'
    await worker.page.getByText('The checkpoint of the log is for auditors').waitFor()
    await sound(t, worker, 'decisions-caseworker-en-1280')
    await worker.go(`/decisions/${id}`)
    await worker.page.getByText(refusal).waitFor()
    await worker.page.getByText('Show who looked at it').click()
    await worker.page.getByText(refusal).nth(1).waitFor()
    await worker.page.getByRole('button', { name: 'Determine again' }).click()
    await worker.page.getByText('Identical byte for byte').waitFor()
    await worker.go('/recalculations')
    await worker.page.getByRole('button', { name: 'Recalculate' }).click()
    await worker.page.getByText(refusal).waitFor()
    t.equal(await worker.page.locator('article.card').count(), 0)

    const eraser = await signedIn(opened, 'privacy', { language: 'en' })
    await eraser.go(`/decisions/${id}`)
    await eraser.page.getByText('One of these is needed: decisions:read, audit').waitFor()
    t.notMatch(await eraser.page.locator('main').innerText(), 'case-1')

    await worker.go('/decisions/none')
    t.match(await worker.page.getByRole('alert').innerText(), /not found|does not exist|nothing/i)
    opened.expired.add(KEYS.caseworker)
    await worker.go(`/decisions/${id}`)
    await worker.page.getByText('Your sign-in has ended').first().waitFor()
    opened.expired.clear()
    t.strictSame([...worker.faults, ...eraser.faults], [])
  })

  await t.test('a replay says what it compares, and asks for a clock', async (t) => {
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    await one.go(`/decisions/${id}`)
    const again = page.getByRole('button', { name: 'Determine again' })
    const replay = page.locator('section[aria-labelledby=replay]')
    await page.getByLabel('Under which rules').selectOption('current')
    await again.click()
    await page.getByText('The same outcome', { exact: true }).waitFor()
    t.equal(await replay.locator('table').count(), 0, 'only the differences, and there is none')
    await page.getByLabel('Under which rules').selectOption('clocks')
    await again.click()
    t.match(await replay.getByRole('alert').innerText(), 'at least one')
    await page.getByLabel(/Rulebook as of/).fill('2020-01-01T00:00')
    await again.click()
    await page.getByText('One difference', { exact: true }).waitFor()
    t.match(await replay.locator('tbody').innerText(), /Outcome\s+Entitled\s+not determined/)
    await page.getByLabel(/Rulebook as of/).fill('2100-01-01T00:00')
    await again.click()
    await replay.getByRole('alert').waitFor()
    t.equal(await replay.locator('table').count(), 0, 'the former result is gone')
    await page.route(/\/replays$/, async (route) => {
      const response = await route.fetch()
      const whole = { programme: null, subject: null, field: 'leafHash' }
      const about = { programme: 'dongguan/minimum-living', subject: { kind: 'household' } }
      const differences = [
        { ...whole, recorded: 'one', replayed: 'other' },
        { ...about, field: 'outcome', recorded: 'ineligible', replayed: 'eligible' },
      ]
      const body = { ...(await response.json()), reproduced: false, differences }
      await route.fulfill({ response, json: body })
    })
    await page.getByLabel('Under which rules').selectOption('recorded')
    await again.click()
    await page.getByText('2 differences', { exact: true }).waitFor()
    t.match(
      await replay.getByRole('alert').innerText(),
      /The entry was altered: .*\s+Recorded\s+one\s+As stored now\s+other/,
    )
    t.match(await replay.locator('tbody').innerText(), /Outcome\s+Not entitled\s+Entitled/)
    t.strictSame(one.faults, [])
  })

  await t.test('a worklist says when it is whole, cut off, stopped or empty', async (t) => {
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    const start = () => page.getByRole('button', { name: 'Recalculate' }).click()
    await one.go('/recalculations')
    await start()
    await page.getByText('No decision would change').waitFor()
    t.equal(await page.locator('article.card').count(), 0)
    await page.getByLabel('Under which rules').selectOption('clocks')
    await page.getByLabel(/For the day/).fill('2020-03-05')
    await page.getByLabel('Programme').selectOption('dongguan/minimum-living')
    await start()
    await page.getByText('List more (1 left)').click()
    t.equal(await page.locator('article.card').count(), 51)
    await page.getByRole('link', { name: 'case-1', exact: true }).click()
    await standings(page)
    t.match(page.url(), id, 'each leads to its decision')
    await one.go('/recalculations')
    const address = /\/v1\/recalculations$/
    await page.route(address, async (route) => {
      const response = await route.fetch()
      const lines = (await response.text()).split('\n')
      await route.fulfill({ response, body: lines.slice(0, 2).join('\n') })
    })
    await page.getByLabel('Under which rules').selectOption('clocks')
    await page.getByLabel(/For the day/).fill('2020-03-05')
    await start()
    await page.getByText('The list broke off before its end').waitFor()
    t.equal(await page.locator('#summary').count(), 0)
    await sound(t, one, 'worklist-cut-en-1280')
    await page.unroute(address)
    await page.route(address, () => {})
    await start()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped: the list is not complete.').waitFor()
    t.strictSame(one.faults, [])
  })

  await t.test('a decision about everything stays short, and is checked in seconds', async (t) => {
    const programmes = [...rulebook.programmes.keys()].filter((id) => id.startsWith('dongguan/'))
    const members = ['m1', 'm2', 'm3', 'm4', 'm5'].map((one) => ({ id: one }))
    const household = {
      members: [{ ...members[0], dateOfBirth: '1950-05-01' }, ...members.slice(1)],
    }
    await record({ programmes, household, caseReference: 'case-all' })
    for (const { name: mode, ...reading } of MODES.slice(0, 2)) {
      const one = await signedIn(opened, 'auditor', reading)
      const { page } = one
      const w = WORDS[reading.language]
      await one.go('/decisions')
      const row = page.locator('.ledger-row', { hasText: 'case-all' })
      await row.waitFor()
      t.ok((await row.locator('li').count()) <= 3, 'its outcomes are counted')
      const since = Date.now()
      await row.getByRole('link').click()
      t.strictSame(await standings(page), ALL_PASSED)
      t.ok(Date.now() - since < 10_000)
      t.comment(`opened and checked after ${Date.now() - since} ms`)
      const folds = page.locator('section[aria-labelledby=outcomes] > details')
      t.ok((await folds.count()) >= 2, 'they are folded by outcome')
      await page.getByLabel(w.rules).selectOption('clocks')
      await page.getByLabel(w.asOf).fill('2016-03-05')
      await page.getByRole('button', { name: w.again }).click()
      await page.getByText(w.differs).first().waitFor()
      const cards = page.locator('section[aria-labelledby=replay] details')
      t.ok((await cards.count()) > 5)
      t.equal(await page.locator('section[aria-labelledby=replay] table').count(), 0)
      await cards.first().locator('summary').click()
      await page.locator('section[aria-labelledby=replay] table').waitFor()
      await sound(t, one, `all-${mode}`)
    }
  })

  await t.test('by keyboard alone, focus always seen', async (t) => {
    const one = await signedIn(opened, 'auditor')
    const { page } = one
    await one.go('/')
    const reach = async (wanted: (at: Focus) => boolean) => {
      for (let n = 0; n < 150; n += 1) {
        await page.keyboard.press('Tab')
        const at = await focused(page)
        if (!at.seen && at.tag !== 'BODY')
          t.fail(`focus is not seen on ${at.tag} ${at.id} ${at.text}`)
        if (wanted(at)) return t.pass(`reached ${at.text || at.label}`)
      }
      return t.fail('never reached')
    }
    await reach(({ text }) => text === '决定')
    await page.keyboard.press('Enter')
    await page.locator('.ledger-row').first().waitFor()
    t.match(await focused(page), { tag: 'H1', text: '决定' }, 'focus goes to the new screen')
    await reach(({ label }) => label === '案卷编号')
    await page.keyboard.type('case-1')
    await page.keyboard.press('Enter')
    await page.getByText('共 1 件').waitFor()
    await reach(({ text }) => text === 'case-1')
    await page.keyboard.press('Enter')
    t.strictSame(await standings(page), ALL_PASSED)
    await reach(({ text }) => text === '比较的值')
    await page.keyboard.press('Enter')
    await page.locator('[data-step] details[open]').first().waitFor()
    await reach(({ text }) => text === '重新计算')
    await page.keyboard.press('Enter')
    await page.getByText('逐字节相同').waitFor()
    t.strictSame(one.faults, [])
  })

  await t.test('a checkpoint that was taken outside is held against the log', async (t) => {
    const env = { DATA_DIR: folder }
    const take = async (to: string, now: Date) => {
      const ran = await runHuimin(['checkpoint', '--to', to], { env, now: () => now })
      if (ran.code !== 0) throw new Error(ran.err)
    }
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    const card = page.locator('#checkpoint + .card')
    const look = async () => {
      await one.go('/')
      await one.go('/decisions')
      await card.waitFor()
      return card.innerText()
    }
    await take(outside, new Date(Date.now() - 3 * 864e5))
    t.match(await look(), /It covers every entry/)
    t.match(await card.innerText(), outside, 'where to')
    const [name = ''] = readdirSync(outside).filter((file) => file.endsWith('.checkpoint'))
    const kept = readFileSync(`${outside}/${name}`, 'utf8')
    const keys = readFileSync(`${outside}/public-keys`, 'utf8')
    await record({ caseReference: 'case-after' })
    t.match(await look(), /3 days ago; 1 newer entry has not gone out/)
    await sound(t, one, 'delivered-long-ago-en-1280')
    await page.getByText('Hold a checkpoint kept outside').click()
    const check = async (text: string, own = '') => {
      await page.getByLabel('The whole checkpoint').fill(text)
      await page.getByLabel('Public keys kept outside (optional)').fill(own)
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      await page.waitForLoadState('networkidle')
      await page.getByRole('button', { name: 'Check', exact: true }).waitFor()
      return standings(page, '#checkpoint + .card')
    }
    const good = { outside: 'passed', outsideSigned: 'passed', outsideBegins: 'passed' }
    t.strictSame(await check(kept), good)
    t.strictSame(await check(kept.trim(), keys), good, 'against keys that were kept outside')
    await sound(t, one, 'outside-en-1280')
    const signed = kept.slice(0, -20) + otherLetter(kept.slice(-20), 2)
    t.strictSame(await check(signed), { ...good, outsideSigned: 'failed' })
    t.strictSame(await check(kept, 'no key'), { ...good, outsideSigned: 'failed' })
    t.strictSame(await check('no checkpoint'), { outside: 'failed' })
    const other = await openLedger({ DATA_DIR: t.testdir() }, () => new Date())
    t.teardown(() => other.close())
    const { note } = await issueCheckpoint(other, new Date())
    t.strictSame(await check(note), { ...good, outside: 'failed', outsideSigned: 'failed' })

    // A rewritten log has another root at the size that was taken outside: signed, and yet no beginning.
    const rewritten = signCheckpoint(3, Buffer.alloc(32, 7), opened.ledger.signer)
    t.strictSame(await check(rewritten), { ...good, outsideBegins: 'failed' })
    const cut = signCheckpoint(9_999, Buffer.alloc(32, 7), opened.ledger.signer)
    t.strictSame(await check(cut), { ...good, outside: 'failed', outsideBegins: 'failed' })
    await sound(t, one, 'outside-cut-en-1280')

    await take(`${outside}/again`, new Date())
    t.match(await look(), /It covers every entry/)
    await record({ caseReference: 'case-later' })
    t.match(await look(), /1 newer entry has not gone out/)
    t.notMatch(await card.innerText(), /days ago/)
    t.match(await card.innerText(), 'All deliveries (2)')
    t.strictSame(one.faults, [])
  })
})
