import type { Page } from 'playwright-core'
import tap, { type Test, test } from 'tap'
import { verifyReceipt } from '../../src/ledger/receipt.js'
import { parseVerifier, type Verifier } from '../../src/ledger/signed-note.js'
import { KEYS, type LedgerService, ledgerService, type Role } from '../support/ledger-service.js'
import { lacking, type Opened, openBrowserAt, PAGES, type Reading, visit } from './open-pages.js'
import { sound } from './sound.js'

// A browser on a busy machine takes its time.
tap.setTimeout(900_000)

const WORDS = {
  zh: {
    signIn: '登录',
    key: '密钥',
    sample: '填入示例家庭',
    submit: '查看结果',
    case: '案卷编号',
    purpose: '用途',
    basis: '法律依据（可不填）',
    record: '记录决定',
    done: '已记录',
    forbidden: '您的账号或密钥没有记录决定的权限',
    away: '存储暂时不可用',
    offline: '没有连上服务',
    expired: '登录已过期',
    details: '依据、理由和计算过程',
    notice: '打印告知书',
    thisLanguage: '中文',
    otherLanguage: 'English',
    otherReceipt: 'Signature of the receipt',
    back: '返回',
    noReceipt: '本结果尚未记录为正式决定',
    outcome: '复核结论',
    reason: '理由',
    review: '提交复核',
    none: '还没有人复核过这个决定',
    reviewed: '复核已记入',
    computed: '计算结果',
  },
  en: {
    signIn: 'Sign in',
    key: 'Key',
    sample: 'Fill in a sample household',
    submit: 'See the answer',
    case: 'Case reference',
    purpose: 'Purpose',
    basis: 'Legal basis (optional)',
    record: 'Record the decision',
    done: 'Recorded',
    forbidden: 'Your account or key may not record decisions',
    away: 'The store is unavailable',
    offline: 'The service could not be reached',
    expired: 'Your sign-in has ended',
    details: 'Clauses, reasons and sums',
    notice: 'Print a notice',
    thisLanguage: 'English',
    otherLanguage: '中文',
    otherReceipt: '回执签名',
    back: 'Back',
    noReceipt: 'This answer has not been recorded',
    outcome: 'Outcome after review',
    reason: 'Reason',
    review: 'Add the review',
    none: 'Nobody has reviewed this decision yet',
    reviewed: 'The review was added',
    computed: 'computed',
  },
}
type Language = keyof typeof WORDS

const RECORD = 'section:has(#record)'

/** A service with a ledger of its own, its pages, and a browser. */
async function recording(t: Test) {
  const service = await ledgerService(t, { pages: PAGES })
  const port = Number(new URL(await service.app.listen({ port: 0, host: '127.0.0.1' })).port)
  return { service, opened: await openBrowserAt(t, port) }
}

/** Someone with a key of a role, before the answer for a household. */
async function answered(opened: Opened, role: Role, reading: Reading & { language: Language }) {
  const one = await visit(opened, reading)
  const { page } = one
  const w = WORDS[reading.language]
  await one.open('/sign-in')
  await page.getByRole('textbox', { name: w.key }).fill(KEYS[role])
  await page.locator('main').getByRole('button', { name: w.signIn }).click()
  await page.getByLabel(w.sample).selectOption('dongguan-grandparent-and-grandchild')
  await page.getByRole('button', { name: w.submit }).click()
  await page.getByLabel(w.case).waitFor()
  return one
}

async function fill(page: Page, language: Language, reference: string) {
  const w = WORDS[language]
  await page.getByLabel(w.case).fill(reference)
  await page.getByLabel(w.purpose).fill('minimum living')
  await page.getByLabel(w.basis).fill('PIPL 13(1)(3)')
}

/** What the ledger holds of a case. */
async function recordedOf({ ask }: LedgerService, reference: string) {
  const { items } = (
    await ask('caseworker', 'GET', `/v1/decisions?caseReference=${reference}`)
  ).json()
  return items as { id: string; outcomes: unknown[]; receipt: Record<string, string> }[]
}

test('a caseworker records the answer in a real ledger', { skip: lacking }, async (t) => {
  const { service, opened } = await recording(t)

  for (const { language, width } of [
    { language: 'zh', width: 1280 },
    { language: 'en', width: 375 },
  ] as const) {
    const w = WORDS[language]
    await t.test(`a double click records once, the receipt is real, ${language}`, async (t) => {
      const one = await answered(opened, 'caseworker', { language, width })
      const { page } = one
      await fill(page, language, `twice-${language}`)
      await sound(t, one, `record-${language}-${width}`, RECORD)
      await page.getByRole('button', { name: w.record }).dblclick()
      await page.getByText(w.done, { exact: true }).waitFor()
      const [decision, ...more] = await recordedOf(service, `twice-${language}`)
      if (decision === undefined) throw new Error('nothing was recorded')
      t.strictSame(more, [], 'one decision')
      const shown = await page.locator('dl.named-values').innerText()
      const { receipt } = decision
      for (const part of ['id', 'recordedAt', 'leafHash', 'signature', 'keyId'])
        t.ok(shown.includes(String(receipt[part])), `the ${part} of the ledger is shown`)
      // China keeps one time, eight hours ahead of UTC, all the year.
      const wall = new Date(Date.parse(String(receipt.recordedAt)) + 8 * 3_600_000).toISOString()
      t.ok(shown.includes(wall.slice(0, 19).replace('T', ' ')), 'as the clock in Beijing has it')
      const keys = (await service.ask('auditor', 'GET', '/v1/log/public-keys')).json()
      const verifier = parseVerifier(keys.keys[0].verifier) as Verifier
      t.equal(verifyReceipt(receipt as never, [verifier]), 'good')
      await sound(t, one, `receipt-${language}-${width}`, RECORD)

      const card = page.locator('article.card').first()
      await card.getByText(w.details).first().click()
      await card.getByRole('link', { name: w.notice }).first().click()
      const notice = page.locator('.notice')
      await notice.waitFor()
      for (const part of [receipt.id, receipt.signature, receipt.leafHash, `twice-${language}`])
        t.ok((await notice.innerText()).includes(String(part)), `the notice says ${part}`)
      await sound(t, one, `notice-recorded-${language}-${width}`)
      const known = async () =>
        /(?:规则库时点|known at) ([\d-]+ [\d:]+)/.exec(await notice.innerText())
      const before = (await known())?.[1]
      await page.getByRole('button', { name: w.otherLanguage }).click()
      await notice.getByText(w.otherReceipt).waitFor()
      t.equal((await known())?.[1], before ?? 'no moment', 'its moment in whichever language')
      await page.getByRole('button', { name: w.thisLanguage }).click()
      await page.getByRole('link', { name: w.back }).click()
      const other = page.locator('article.card.unknown').first()
      await other.getByText(w.details).first().click()
      await other.getByRole('link', { name: w.notice }).first().click()
      t.match(await notice.innerText(), w.noReceipt, 'what was not recorded has no receipt')

      await page.getByRole('link', { name: w.back }).click()
      await page.getByText(w.none).waitFor()
      const options = await page.locator(`${RECORD} select`).first().locator('option').count()
      t.equal(options, decision.outcomes.length, 'only what was recorded can be reviewed')
      await page.getByLabel(w.outcome).selectOption('ineligible')
      await page.getByLabel(w.reason).fill('seen the papers')
      await page.getByRole('button', { name: w.review }).dblclick()
      await page.getByText(w.reviewed).waitFor()
      t.match(
        await page.locator(`${RECORD} li`).innerText(),
        /seen the papers[\s\S]*local-caseworker/,
      )
      const found = (await service.ask('caseworker', 'GET', `/v1/decisions/${decision.id}`)).json()
      t.match(found.reviews, [{ computed: 'eligible', outcome: 'ineligible' }])
      t.equal(found.reviews.length, 1, 'reviewed once')
      await sound(t, one, `reviewed-${language}-${width}`, RECORD)
    })

    await t.test(`what is refused says why and what to do, ${language}`, async (t) => {
      const one = await answered(opened, 'auditor', { language, width })
      await fill(one.page, language, 'never')
      await one.page.getByRole('button', { name: w.record }).click()
      await one.page.getByText(w.forbidden).waitFor()
      t.equal(await one.page.getByLabel(w.case).inputValue(), 'never')
      t.strictSame(await recordedOf(service, 'never'), [])
      await sound(t, one, `record-forbidden-${language}-${width}`, RECORD)
    })
  }

  await t.test(
    'a line lost after it was recorded: pressed again, it is the same decision',
    async (t) => {
      const one = await answered(opened, 'caseworker', { language: 'en' })
      const { page } = one
      await fill(page, 'en', 'lost-line')
      await page.route('**/v1/decisions', async (route) => {
        await route.fetch()
        await route.abort()
      })
      await page.getByRole('button', { name: WORDS.en.record }).click()
      await page.getByText(WORDS.en.offline).waitFor()
      t.equal((await recordedOf(service, 'lost-line')).length, 1)
      await page.unroute('**/v1/decisions')
      await page.getByRole('button', { name: WORDS.en.record }).click()
      await page.getByText(WORDS.en.done, { exact: true }).waitFor()
      t.equal((await recordedOf(service, 'lost-line')).length, 1)
      t.strictSame(one.faults, [])
    },
  )

  await t.test('what is typed stays while other screens are looked at', async (t) => {
    const one = await answered(opened, 'caseworker', { language: 'en' })
    const { page } = one
    await fill(page, 'en', 'look-around')
    await page.getByRole('link', { name: 'Rules', exact: true }).click()
    await page.getByRole('heading', { name: 'Rules', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Answer', exact: true }).click()
    t.equal(await page.getByLabel(WORDS.en.case).inputValue(), 'look-around')
    await page.getByRole('link', { name: 'Change the household' }).click()
    await page.getByLabel('On which day').fill('2020-07-01')
    await page.getByRole('link', { name: 'Answer', exact: true }).click()
    t.match(await page.locator(RECORD).innerText(), 'ask for the answer again')
    t.equal(await page.getByRole('button', { name: WORDS.en.record }).count(), 0)
    await sound(t, one, 'outdated-en-1280')
    await page.getByRole('link', { name: 'Change the household' }).click()
    await page.getByRole('button', { name: WORDS.en.submit }).click()
    await page.getByLabel(WORDS.en.case).waitFor()
    t.equal(await page.getByLabel(WORDS.en.case).inputValue(), '', 'another question, another case')
  })

  await t.test('by keyboard alone', async (t) => {
    const one = await answered(opened, 'caseworker', { language: 'zh', width: 375 })
    const { page } = one
    await page.getByLabel(WORDS.zh.case).focus()
    await page.keyboard.type('by-keyboard')
    await page.keyboard.press('Tab')
    await page.keyboard.type('测试')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    t.equal(await page.evaluate('document.activeElement.innerText'), WORDS.zh.record)
    await page.keyboard.press('Enter')
    await page.getByText(WORDS.zh.done, { exact: true }).waitFor()
    t.equal((await recordedOf(service, 'by-keyboard')).length, 1)
    t.match(
      await page.evaluate('document.activeElement.innerText'),
      WORDS.zh.done,
      'focus goes to what became of it',
    )
    await page.keyboard.press('Tab')
    t.match(await page.evaluate('document.activeElement.hash'), /^#\/decisions\//, 'the check')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('看过材料')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText(WORDS.zh.reviewed).waitFor()
    t.strictSame(one.faults, [])
  })

  await t.test('a key that is no longer good keeps what was typed', async (t) => {
    const one = await answered(opened, 'caseworker', { language: 'zh', width: 375 })
    const { page } = one
    await fill(page, 'zh', 'changed-key')
    const refuse = { status: 401, contentType: 'application/problem+json' }
    const problem = { code: 'unauthenticated', status: 401, title: '需要登录凭据', detail: '' }
    await page.route('**/v1/decisions', (route) =>
      route.fulfill({ ...refuse, body: JSON.stringify(problem) }),
    )
    await page.getByRole('button', { name: WORDS.zh.record }).click()
    await page.getByText(WORDS.zh.expired).waitFor()
    await page.getByRole('textbox', { name: WORDS.zh.key }).waitFor()
    await sound(t, one, 'record-expired-zh-375', RECORD)
    await page.unroute('**/v1/decisions')
    await page.getByRole('textbox', { name: WORDS.zh.key }).fill(KEYS.caseworker)
    await page.locator(RECORD).getByRole('button', { name: WORDS.zh.signIn }).click()
    await page.getByText(WORDS.zh.expired).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: WORDS.zh.record }).click()
    await page.getByText(WORDS.zh.done, { exact: true }).waitFor()
    t.equal((await recordedOf(service, 'changed-key')).length, 1)
  })
})

test('a ledger that is away says so, and nothing typed is lost', { skip: lacking }, async (t) => {
  const { service, opened } = await recording(t)
  const w = WORDS.zh
  const one = await answered(opened, 'caseworker', { language: 'zh', width: 375 })
  await fill(one.page, 'zh', 'away')
  await service.ledger.close()
  await one.page.getByRole('button', { name: w.record }).click()
  await one.page.getByText(w.away).waitFor()
  t.equal(await one.page.getByLabel(w.case).inputValue(), 'away')
  await sound(t, one, 'record-away-zh-375', RECORD)
})
