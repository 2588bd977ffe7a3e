import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import tap, { type Test, test } from 'tap'
import {
  madeRegister,
  type ScreeningService,
  screeningService,
} from '../support/screening-service.js'
import { withoutRandom } from '../support/without-random.js'
import { lacking, MODES, openBrowserAt, PAGES, visit } from './open-pages.js'
import { signedIn } from './signed-in.js'
import { focused, sound } from './sound.js'

// A browser on a busy machine takes its time.
tap.setTimeout(900_000)

const WORDS = {
  zh: {
    key: /密钥/,
    signOut: '退出登录',
    nav: '批量筛查',
    submit: '上传并开始筛查',
    finished: '已完成',
    lacking: /规则要用、名册没有的事实：\d+ 项/,
    living: '最低生活保障',
    faults: '显示问题清单',
    kept: /保留到 \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}（北京时间）/,
    value: '试算数值',
    slider: '拖动调整',
    said: /新符合 (\d+) 户，不再符合 (\d+) 户，每月增支 ([\d,.-]+) 元/,
    inForce: '现行：1,060 元/人/月',
    hidden: '人数太少',
  },
  en: {
    key: /Key/,
    signOut: 'Sign out',
    nav: 'Screenings',
    submit: 'Upload and screen',
    finished: 'Finished',
    lacking: /Facts that rules read and the register lacks: \d+/,
    living: 'Minimum living guarantee',
    faults: 'Show the faults',
    kept: /kept until \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} \(Beijing time\)/,
    value: 'Figure to try',
    slider: 'Move the figure',
    said: /Newly entitled households: (\d+); no longer entitled: (\d+); cost a month: ([\d,.-]+) CNY/,
    inForce: 'In force: 1,060 CNY a person a month',
    hidden: 'Too few',
  },
} as const
type Language = keyof typeof WORDS

const LIVING = 'dongguan/minimum-living'
const folder = tap.testdir()
const csv = await madeRegister(join(folder, 'csv'), 2_000, 'csv')
const ndjson = await madeRegister(join(folder, 'ndjson'), 6_000, 'ndjson')
const pair = ['households', 'members'].map((name) => readFileSync(join(csv, `${name}.csv`), 'utf8'))
const [HOUSEHOLDS, MEMBERS] = pair as [string, string]
/** One household with an impossible income, and a member of nobody. */
const FAULTY_HOUSEHOLDS = `${HOUSEHOLDS}odd${','.repeat((HOUSEHOLDS.split('\n')[0] ?? '').split(',').length - 1)}\n`
const FAULTY_MEMBERS = MEMBERS.replace('\n', '\n').replace(
  /$/,
  `nobody,m1${','.repeat((MEMBERS.split('\n')[0] ?? '').split(',').length - 2)}\n`,
)

const file = (name: string, text: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
})

async function fillForm(page: Page, households: string, members: string) {
  await page.locator('#f-households').setInputFiles(file('家庭.csv', households))
  await page.locator('#f-members').setInputFiles(file('成员.csv', members))
  await page.locator('#f-asOf').fill('2020-06-01')
  await page.locator('#f-jurisdiction').selectOption('441900')
}

/** Moves on when the comparison that was asked for is said. */
async function said(page: Page, language: Language) {
  const status = page.locator('section[aria-labelledby=impact] [role=status]')
  await status.filter({ hasText: WORDS[language].said }).waitFor()
  const [, gained, lost, cost] = WORDS[language].said.exec(await status.innerText()) ?? []
  return { gained: Number(gained), lost: Number(lost), cost: Number(cost?.replaceAll(',', '')) }
}

/** What the service says of the same figure. */
async function computed({ fetch }: ScreeningService, id: string, value: number) {
  const changes = [{ programme: LIVING, parameter: 'standard', value }]
  const answer = await fetch(`/${id}/impacts`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ changes }),
  })
  const { programmes } = (await answer.json()) as {
    programmes: { gained: number; lost: number; costPerMonth: number }[]
  }
  const [{ gained, lost, costPerMonth }] = programmes as [(typeof programmes)[0]]
  return { gained, lost, cost: Math.round(costPerMonth * 100) / 100 }
}

/** A figure at which so few gain that it is not shown. */
async function hiddenAt(service: ScreeningService, id: string): Promise<number> {
  for (let value = 1_065; value < 2_000; value += 5)
    if ((await computed(service, id, value)).gained === null) return value
  throw new Error('every figure is shown')
}

/** Opens the dialog of the file field that has focus; a busy browser may let a key press pass. */
async function chooserByKey(page: Page) {
  for (let press = 1; ; press += 1) {
    const chooser = page.waitForEvent('filechooser', { timeout: 5_000 })
    await page.keyboard.press('Space')
    const opened = await chooser.catch((error: unknown) => {
      if (press === 4) throw error
      return null
    })
    if (opened !== null) return opened
  }
}

const idOf = (page: Page) => String(/#\/screenings\/(.+)$/.exec(page.url())?.[1])

async function serving(t: Test) {
  const service = await screeningService(t, { pages: PAGES })
  return { service, opened: await openBrowserAt(t, Number(new URL(service.base).port)) }
}

test('the screenings in a browser', { skip: lacking, timeout: 900_000 }, async (t) => {
  const { service, opened } = await serving(t)

  for (const [language, width] of [
    ['zh', 1280],
    ['en', 375],
  ] as const) {
    const w = WORDS[language]
    await t.test(
      `an auditor gets from a register to what a line costs, ${language} ${width} px`,
      async (t) => {
        const one = await signedIn(opened, 'auditor', { language, width })
        const { page } = one
        const addresses: string[] = []
        page.on('request', (request) => addresses.push(request.url()))
        await page.getByRole('link', { name: w.nav }).click()
        await page.locator('#f-households').waitFor()
        await sound(t, one, `screenings-${language}-${width}`)
        await fillForm(page, FAULTY_HOUSEHOLDS, FAULTY_MEMBERS)
        await page.getByRole('button', { name: w.submit }).click()
        await page.locator('h2 .mark.met').filter({ hasText: w.finished }).waitFor()
        const id = idOf(page)
        t.match(await page.locator('main').innerText(), w.kept, 'says how long it is kept')
        // The columns are checked.
        await page.getByText(w.lacking).first().waitFor()
        const rows = await page
          .locator('table')
          .filter({ hasText: w.living })
          .locator('tbody tr')
          .count()
        t.ok(rows > 50, `${rows} programmes`)
        await page.getByRole('button', { name: w.faults }).click()
        const faults = page.locator('table').filter({ hasText: 'members.csv' })
        await faults.waitFor()
        t.match(await faults.innerText(), /households\.csv\s+2002\s+\/members/)
        t.match(await faults.innerText(), /members\.csv\s+\d+\s+\/householdId/)
        await sound(t, one, `screening-${language}-${width}`)

        const download = page.waitForEvent('download')
        await page
          .getByRole('button', { name: '(CSV)' })
          .or(page.getByRole('button', { name: '（CSV）' }))
          .click()
        const saved = await (await download).path()
        const results = await (await service.fetch(`/${id}/results?format=csv`)).text()
        t.equal(readFileSync(saved, 'utf8'), results, 'what is saved is what the service has')

        const impact = page.locator('section[aria-labelledby=impact]')
        await impact.locator('select').first().selectOption(LIVING)
        await impact.getByText(w.inForce).waitFor()
        t.strictSame(await said(page, language), { gained: 0, lost: 0, cost: 0 })
        const box = impact.getByLabel(w.value)
        const slider = impact.getByLabel(w.slider)
        await box.fill('2500')
        t.equal(await slider.inputValue(), '2500', 'the slider follows the box')
        await impact.locator('[aria-busy=true]').waitFor()
        await impact.locator('[aria-busy=false]').waitFor()
        const up = await said(page, language)
        t.ok(up.gained > 20, `${up.gained} gain`)
        t.strictSame(up, await computed(service, id, 2_500), 'as the service computes it')
        await sound(t, one, `impact-${language}-${width}`)
        await box.fill(String(await hiddenAt(service, id)))
        await impact.getByText(w.hidden).first().waitFor()
        t.notMatch(withoutRandom(addresses.join()), /2500/, 'no figure stands in an address')
        t.strictSame(await page.evaluate('Object.keys(localStorage)'), ['huimin-reading'])
        t.equal(await page.evaluate('sessionStorage.length'), 0)
      },
    )
  }

  await t.test(
    'a slider that moves asks once it stands still, and the box follows it',
    async (t) => {
      const one = await signedIn(opened, 'auditor', { language: 'en' })
      const { page } = one
      const id = String(service.screenings.list()[0]?.record.id)
      await one.go(`/screenings/${id}`)
      const impact = page.locator('section[aria-labelledby=impact]')
      await impact.locator('select').first().selectOption(LIVING)
      await said(page, 'en')
      let asked = 0
      page.on('request', (request) => {
        if (request.url().endsWith('/impacts')) asked += 1
      })
      const slider = impact.getByLabel(WORDS.en.slider)
      await slider.focus()
      for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowRight')
      t.equal(await impact.getByLabel(WORDS.en.value).inputValue(), '1460', '40 steps of 10')
      await impact.locator('[aria-busy=false]').waitFor()
      t.strictSame(await said(page, 'en'), await computed(service, id, 1_460))
      t.ok(asked <= 3, `${asked} questions for 40 steps`)
      await impact.getByRole('button', { name: 'Back to the figure in force' }).click()
      t.equal(await slider.inputValue(), '1060')
      const box = impact.getByLabel(WORDS.en.value)
      await box.fill('1060.123')
      await impact.getByText('with at most 2 decimals').waitFor()
      t.equal(await box.getAttribute('aria-invalid'), 'true', 'what would be right is at the field')
      t.notMatch(await impact.innerText(), '/changes')
      await box.fill('-5')
      await impact.getByText('Enter a number, 0 or more').waitFor()
      await box.fill('')
      await impact.getByText('Enter a number, 0 or more').waitFor()
      t.strictSame(one.faults, [])
    },
  )

  await t.test('a register of lines is followed while it runs, and can be cancelled', async (t) => {
    const one = await signedIn(opened, 'auditor', { language: 'zh' })
    const { page } = one
    await one.go('/screenings')
    await page.locator('#f-households').setInputFiles(join(ndjson, 'households.ndjson'))
    t.equal(await page.locator('#f-members').count(), 0, 'lines hold the members')
    await page.locator('#f-asOf').fill('2020-06-01')
    await page.getByRole('button', { name: WORDS.zh.submit }).click()
    const bar = page.locator('progress')
    await bar.waitFor()
    t.equal(await bar.getAttribute('max'), '6000')
    t.match(await page.locator('main').innerText(), /读取名册：[\d,]+ \/ 6,000 户/)
    await page.locator('progress:not([value="0"])').waitFor()
    await sound(t, one, 'screening-running-zh-1280')
    await page.getByRole('button', { name: '取消筛查' }).click()
    await page.getByText('已取消，名册已删除。').waitFor()
    t.match(await service.stateOf(idOf(page)), { status: 'cancelled' })
    await sound(t, one, 'screening-cancelled-zh-1280')
    await page.getByRole('button', { name: '从列表中删除' }).click()
    t.match(await focused(page), { text: '不删除', seen: true }, 'the safe answer has focus')
    const id = idOf(page)
    await page.getByRole('button', { name: '确认删除' }).click()
    await page.waitForURL(/#\/screenings$/)
    t.equal((await service.fetch(`/${id}`)).status, 404)
  })

  await t.test('a broken line is opened again, and the end is told', async (t) => {
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    await page.route('**/events', (route) => route.abort(), { times: 1 })
    const id = String(service.screenings.list()[0]?.record.id)
    await one.go(`/screenings/${id}`)
    await page.locator('h2 .mark').filter({ hasText: WORDS.en.finished }).waitFor()
    await one.go('/screenings/none')
    await page.getByRole('alert').waitFor()
    t.match(await page.getByRole('alert').innerText(), /Not found/)
  })

  await t.test('what is wrong with a register leads to its field', async (t) => {
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    await one.go('/screenings')
    const submit = page.getByRole('button', { name: WORDS.en.submit })
    const summary = page.locator('.summary-errors')
    await submit.click()
    await summary.waitFor()
    t.match(await summary.innerText(), /Households file: Choose a file/)
    t.match(await summary.innerText(), /Members file: Choose a file/)
    await summary.getByRole('button').last().click()
    t.equal((await focused(page)).id, 'f-members')
    await fillForm(page, 'householdId,colour\nh,red\n', 'householdId,memberId\nh,m\n')
    await submit.click()
    await summary.filter({ hasText: 'colour' }).waitFor()
    t.match(
      await summary.innerText(),
      /Households file: column “colour” is no fact; the nearest is/,
    )
    t.equal(await page.locator('#f-households').getAttribute('aria-invalid'), 'true')
    await sound(t, one, 'upload-faults-en-1280')
    await page.locator('#f-members').setInputFiles(file('m.xlsx', 'x'))
    await submit.click()
    await summary.filter({ hasText: '.parquet' }).waitFor()
    t.notMatch(await summary.innerText(), /colour/)
    await page.getByText(/Which programmes/).click()
    await page.locator('#f-programmes').click()
    await submit.click()
    await summary.filter({ hasText: 'Choose at least one programme' }).waitFor()
  })

  await t.test('an upload can be stopped, and nothing of it is left', async (t) => {
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    const before = service.screenings.list().length
    await one.go('/screenings')
    await page.route('**/v1/screenings?**', () => {}, { times: 1 })
    await fillForm(page, HOUSEHOLDS, MEMBERS)
    await page.getByRole('button', { name: WORDS.en.submit }).click()
    await page.getByRole('button', { name: 'Stop the upload' }).click()
    await page.getByText('The upload was stopped').waitFor()
    t.equal(service.screenings.list().length, before)
  })

  await t.test('who has not signed in, or may not, is told so', async (t) => {
    const out = await visit(opened, { language: 'en' })
    await out.open('/screenings')
    await out.page.getByText('Sign in first').waitFor()
    await out.open('/screenings/x')
    await out.page.getByText('Sign in first').waitFor()
    const one = await signedIn(opened, 'caseworker', { language: 'en' })
    for (const address of ['/screenings', '/screenings/x']) {
      await one.go(address)
      await one.page
        .getByRole('alert')
        .filter({ hasText: 'Your rights do not cover this part' })
        .waitFor()
      await sound(t, one, `screenings-refused${address.replaceAll('/', '-')}`)
    }
  })

  await t.test('the keyboard alone uploads a register and moves a figure', async (t) => {
    const one = await signedIn(opened, 'auditor', { language: 'en' })
    const { page } = one
    await one.go('/screenings')
    await page.locator('#f-households').waitFor()
    const reach = async (what: string, wanted: () => Promise<boolean>) => {
      for (let n = 0; n < 250; n += 1) {
        await page.keyboard.press('Tab')
        const at = await focused(page)
        if (!at.seen) t.fail(`focus is not seen on ${at.tag} ${at.id} ${at.text}`)
        if (await wanted()) return t.pass(`reached ${what}`)
      }
      return t.fail(`${what} is never reached`)
    }
    const at = (id: string) => async () => (await focused(page)).id === id
    const text = (wanted: string) => async () => (await focused(page)).text === wanted
    for (const [id, name, content] of [
      ['f-households', 'h.csv', HOUSEHOLDS],
      ['f-members', 'm.csv', MEMBERS],
    ] as const) {
      await reach(id, at(id))
      await (await chooserByKey(page)).setFiles(file(name, content))
    }
    await reach('the city', at('f-jurisdiction'))
    await page.keyboard.type('Dong')
    await reach('submit', text(WORDS.en.submit))
    await page.keyboard.press('Enter')
    await page.locator('h2 .mark').filter({ hasText: WORDS.en.finished }).waitFor()
    t.equal((await focused(page)).tag, 'H1', 'focus goes to the new screen')
    const kind = () => page.evaluate('document.activeElement.type')
    await reach('the slider', async () => (await kind()) === 'range')
    await page.keyboard.press('End')
    await page.keyboard.press('Shift+Tab')
    t.equal(await kind(), 'number')
    t.strictSame(one.faults, [])
  })

  const TWICE = { name: 'en-twice', language: 'en', width: 1280 } as const
  for (const { name, ...reading } of [...MODES, TWICE])
    await t.test(`every screen is sound: ${name}`, async (t) => {
      const one = await signedIn(opened, 'auditor', reading)
      const { page } = one
      if (name === TWICE.name)
        await page.evaluate('document.documentElement.style.fontSize = "200%"')
      await one.go('/screenings')
      await page.locator('table').first().waitFor()
      await sound(t, one, `screenings-${name}`)
      const [last] = service.screenings.list()
      await one.go(`/screenings/${last?.record.id}`)
      const impact = page.locator('section[aria-labelledby=impact]')
      await impact.locator('select').first().selectOption(LIVING)
      await impact.getByLabel(WORDS[reading.language].value).fill('2600')
      await impact.locator('dl').waitFor()
      await page.evaluate(
        'document.querySelectorAll("details").forEach((one) => { one.open = true })',
      )
      await said(page, reading.language)
      await sound(t, one, `screening-${name}`)
      await impact.scrollIntoViewIfNeeded()
    })
})
