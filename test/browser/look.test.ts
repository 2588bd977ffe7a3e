import { test } from 'tap'
import { lacking, openBrowser, visit } from './open-pages.js'

test('look', { skip: lacking }, async (t) => {
  const opened = await openBrowser(t)
  for (const width of [1280, 375]) {
    const { page, open, picture, barriers, faults } = await visit(opened, { width })
    await open('/')
    await picture(`home-${width}`)
    await page.getByLabel('填入示例家庭').selectOption('dongguan-grandparent-and-grandchild')
    await page.waitForTimeout(300)
    await picture(`household-${width}`)
    console.log(await barriers())
    await page.getByRole('button', { name: '查看结果' }).click()
    await page.waitForSelector('.card.eligible, .card.unknown')
    await picture(`answer-${width}`)
    console.log(await barriers())
    for (const [name, address] of Object.entries({
      rules: '/rules',
      programme: '/rules/dongguan/minimum-living',
      documents: '/documents',
      document: '/documents/001',
      'sign-in': '/sign-in',
      interview: '/interview',
      missing: '/nowhere',
    })) {
      await page.evaluate(`location.hash = '${address}'`)
      await page.waitForTimeout(400)
      await page.waitForLoadState('networkidle')
      await picture(`${name}-${width}`)
      console.log(name, await barriers())
    }
    console.log(faults)
  }
})
