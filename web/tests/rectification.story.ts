// The whole of rectification by thirteen people, each signed in for himself: from a feedback typed in to a number that was
// closed, looked at again and reopened. What each stage leaves is what the next begins with.
import { afterAll, beforeAll, expect, it } from 'vitest'

import { Hands } from './hands'
import { type House, openHouse } from './house'
import { dayAfter } from './meanwhile'

const feedback = '市委巡察反馈（演示）'
const [canteen, approval, fees] = ['食堂账目不公开', '采购审批不规范', '代收费管理不严'] as const
const [posted, checked] = [`${canteen}：未按月公示`, `${canteen}：未经核对`] as const

let house: House
const cast = new Map<string, Hands>()
const inspected = new Set<string>()

beforeAll(async () => (house = await openHouse()))
afterAll(() => house.close())

/** Signed in once, in a window of his own, and there until the story ends. */
async function as(account: string): Promise<Hands> {
  const known = cast.get(account)
  if (known) return known
  const hands = new Hands(await house.visit())
  await hands.visit.signIn(account)
  cast.set(account, hands)
  return hands
}

const nameOf = (account: string): string => house.names.get(account) ?? ''

/** Each screen once. */
async function look(hands: Hands, name: string): Promise<void> {
  if (inspected.has(name)) return
  inspected.add(name)
  await hands.visit.inspect(`story-${name}`)
}

it('a feedback is typed in; who compares it finds one missing, and then none', async () => {
  const office = await as('office')
  await office.beginNew('巡察与检查')
  await look(office, 'new')
  for (const [label, value] of [['名称', feedback], ['来源', '巡察'], ['检查机关', '市委巡察办（虚构）'], ['反馈日期', dayAfter(-10)], ['反馈问题数', '3'], ['集中整改期满', dayAfter(80)]] as const) {
    await office.write(label, value)
  }
  await office.finish()
  await office.state('登记中')
  const enter = async (gist: string): Promise<void> => {
    await office.beginNew('反馈问题')
    await office.write('来源', feedback)
    await office.write('问题原文', `反馈指出：${gist}。`)
    await office.write('问题摘要', gist)
    await office.finish()
  }
  await enter(canteen)
  await enter(approval)

  const reviewer = await as('reviewer')
  await reviewer.open('巡察与检查', feedback)
  await look(reviewer, 'entry')
  reviewer.visit.expectRefusal('422 /api/v1/registers/inspection')
  await reviewer.begin('核对无误')
  await reviewer.refused('件数与反馈意见所载不符')
  await look(reviewer, 'refused')
  await reviewer.leave()
  await enter(fees)
  await reviewer.act('核对无误')
  await reviewer.state('已核对')
})

it('each problem is refined; one is split in two, one goes into another', async () => {
  const office = await as('office')
  for (const problem of [canteen, approval, fees]) {
    await office.beginNew('细化问题')
    await office.write('单位', '财务处')
    await office.write('细化问题', problem)
    await office.write('反馈问题', problem)
    await office.write('整改类型', '限期整改')
    await office.write('牵头领导', nameOf('principal'))
    await office.write('责任人', nameOf('clerk'))
    await office.write('完成时限', dayAfter(40))
    if (problem === approval) {
      await office.field('协办与分办单位').locator('button', { hasText: '增加一行' }).click()
      for (const [column, value] of [['单位', '人事处'], ['分办内容', '提供岗位名单'], ['时限', dayAfter(20)]] as const) {
        await office.writeCell('协办与分办单位', 1, column, value)
      }
      await look(office, 'new-rows')
    }
    await office.finish()
  }

  await office.open('细化问题', canteen)
  await office.act('拆出一件', { 拆出的细化问题: posted, 理由: '两件事' })
  office.visit.expectRefusal('422 /api/v1/registers/finding')
  await office.begin('拆分完毕')
  await office.refused('拆分后至少应有两件')
  await office.leave()
  await office.act('拆出一件', { 拆出的细化问题: checked, 理由: '两件事' })
  await office.act('拆分完毕')
  await office.state('已拆分')
  await office.page.locator('.side a', { hasText: posted }).waitFor()
  await look(office, 'split')

  await office.open('细化问题', approval)
  await office.begin('修改')
  await office.write('反馈问题', fees)
  await office.finish()
  const chief = await as('chief')
  await chief.open('细化问题', fees)
  await chief.act('并入', { 并入: approval, 理由: '同一件事' })
  await chief.state('并入')
})

it('three bodies review the plan without seeing each other; one sends it back; the principal approves it', async () => {
  const office = await as('office')
  await office.beginNew('整改方案')
  await office.write('名称', '巡察整改方案（演示）')
  await office.write('来源', feedback)
  await office.write('细化问题', posted, checked, approval)
  await office.attach('方案文本', '方案.txt', '整改方案（演示）')
  await office.finish()
  await office.act('送三方联审')
  const plan = await office.number()

  const discipline = await as('discipline')
  await discipline.open('整改方案', plan)
  await discipline.act('联审同意', { 签批意见: '同意，请抓紧' })
  const inspector = await as('inspector')
  await inspector.open('整改方案', plan)
  await inspector.page.locator('.timeline', { hasText: '背对背签批' }).waitFor()
  expect(await inspector.page.locator('article').first().innerText()).not.toContain('请抓紧')
  await look(inspector, 'blind')
  await inspector.act('退回修改', { 退回到: '拟稿', 理由: '请写明由谁负责' })

  await office.open('整改方案', plan)
  await office.page.locator('.timeline', { hasText: '请写明由谁负责' }).waitFor()
  await office.act('修改', { 修改说明: '已写明责任人' })
  await office.act('送三方联审')
  for (const account of ['discipline', 'personnel', 'inspector']) {
    const body = await as(account)
    await body.open('整改方案', plan)
    await body.act('联审同意')
  }
  const principal = await as('principal')
  await principal.open('整改方案', plan)
  await principal.act('审定')
  await principal.state('已审定')
  await look(principal, 'approved')
})

it('issued with an assisting unit; an objection is decided, another finding is transferred', async () => {
  const office = await as('office')
  for (const finding of [posted, checked, approval]) {
    await office.open('细化问题', finding)
    await office.act('下达')
    await office.state('已下达')
  }
  await office.page.locator('.side', { hasText: '提供岗位名单' }).waitFor()

  const clerk = await as('clerk')
  await clerk.open('细化问题', checked)
  clerk.visit.expectRefusal('422 /api/v1/registers/finding')
  await clerk.begin('申请退回')
  await clerk.write('建议承办单位', '财务处')
  await clerk.write('退回依据', '按职责不归本处')
  await clerk.write('暂停原因', '申请退回待裁定')
  await clerk.refused('建议承办单位就是本单位')
  await clerk.write('建议承办单位', '人事处')
  await clerk.finish()
  await clerk.state('申请退回')
  await clerk.page.locator('.side', { hasText: '暂停' }).waitFor()

  const chief = await as('chief')
  await chief.open('细化问题', checked)
  await look(chief, 'objected')
  await chief.act('不予退回', { 理由: '账目由财务处管理' })
  await chief.state('已下达')
  // Whoever had it open sees at once that it is his no longer.
  clerk.visit.expectRefusal('404 /api/v1/registers/finding')
  await chief.act('转办', { 责任人: '何云清', 转办单位: '人事处', 理由: '核对人员由人事处调配' })
  await chief.page.locator('article .above', { hasText: '人事处' }).waitFor()
  await clerk.page.locator('.problem').waitFor()
})

it('the assisting unit gets an account, answers its part, and the office accepts it', async () => {
  const system = await as('system')
  await system.page.locator('nav .link', { hasText: '管理' }).click()
  await system.page.locator('main a', { hasText: /^账号$/ }).click()
  await system.page.locator('main button', { hasText: '开设账号' }).click()
  await system.write('人员', '何云清')
  await system.write('账号名', 'assistant')
  await look(system, 'new-account')
  await system.page.locator('dialog button[type=submit]').click()
  const secret = system.page.locator('dialog [data-secret]')
  house.tell('assistant', (await secret.innerText()).trim())
  await system.page.locator('dialog button', { hasText: '已记下' }).click()

  const assistant = await as('assistant')
  await assistant.open('协办与分办', '提供岗位名单')
  assistant.visit.expectRefusal('422 /api/v1/registers/part')
  await assistant.begin('报办结')
  await assistant.write('办理情况', '名单已提供')
  await assistant.refused('责任人')
  await assistant.leave()
  await assistant.act('落实责任人', { 责任人: '何云清' })
  await assistant.act('报办结', { 办理情况: '名单已提供' })
  await assistant.state('已报办结')
})

it('the clerk reports and applies; what is missing is refused until it is there', async () => {
  const clerk = await as('clerk')
  clerk.visit.expectRefusal('422 /api/v1/registers/finding')
  for (const finding of [posted, approval]) {
    await clerk.open('细化问题', finding)
    await clerk.act('报进展', { 本期做了什么: '已按方案办理' })
    await clerk.state('整改中')
  }
  const apply = async (): Promise<void> => {
    await clerk.begin('申请销号')
    await clerk.write('整改成效', '问题已经解决')
    await clerk.write('整改程度', '整改到位')
    await clerk.attach('销号佐证', '佐证.txt', `销号佐证 ${await clerk.number()}`)
  }
  await apply()
  await clerk.refused('还有协办或分办单位未办结')
  await look(clerk, 'apply')
  await clerk.leave()
  const office = await as('office')
  await office.open('协办与分办', '提供岗位名单')
  await office.act('认可')
  await office.state('已办结')

  await clerk.begin('申请销号')
  await clerk.refused('只有会议和文件')
  await clerk.leave()

  await clerk.open('细化问题', posted)
  await apply()
  await clerk.write('仅有会议文件的说明', '只需公示')
  await clerk.finish()
  await clerk.state('单位审核')
})

it('a measure that does something is issued, worked and struck off by two', async () => {
  const office = await as('office')
  await office.beginNew('整改措施')
  await office.write('单位', '财务处')
  for (const [label, value] of [['细化问题', approval], ['措施性质', '实质动作'], ['措施', '采购一律三人会签'], ['原文', '采购一律三人会签。'], ['责任人', nameOf('clerk')], ['完成时限', dayAfter(30)]] as const) {
    await office.write(label, value)
  }
  await office.finish()
  await office.act('下达')
  const measure = await office.number()

  const clerk = await as('clerk')
  await clerk.open('细化问题', approval)
  await clerk.page.locator('.side a', { hasText: measure }).click()
  await clerk.state('已下达')
  await clerk.act('报进展', { 本期做了什么: '已经三人会签' })
  await clerk.act('申请销号', { 整改成效: '采购全部会签' })
  for (const [account, action] of [['head', '单位审核通过'], ['reviewer', '复核销号'], ['reviewer2', '复核销号']] as const) {
    const signer = await as(account)
    await signer.open('细化问题', approval)
    await signer.page.locator('.side a', { hasText: measure }).click()
    await signer.act(action)
  }
  await (await as('reviewer2')).state('已销号')

  await clerk.open('细化问题', approval)
  await clerk.begin('申请销号')
  await clerk.page.locator('dialog [role=status]', { hasText: '已恢复' }).waitFor()
  await clerk.finish()
  await clerk.state('单位审核')
})

it('the principal signs one on his page; the other with a pen, recorded by one and compared by another', async () => {
  const head = await as('head')
  for (const finding of [posted, approval]) {
    await head.open('细化问题', finding)
    await head.act('单位审核通过')
    await head.state('主要负责人审签')
  }

  const principal = await as('principal')
  await principal.page.locator('nav .link', { hasText: '一页纸' }).click()
  const paper = principal.page.locator('li', { has: principal.page.locator('.line', { hasText: posted }) })
  await paper.locator('button', { hasText: '看' }).click()
  await paper.locator('[data-sign]').waitFor()
  await look(principal, 'page')
  await paper.locator('[data-sign]').click()
  await paper.waitFor({ state: 'detached' })

  const office = await as('office')
  await office.open('细化问题', approval)
  await office.begin('录入纸签：主要负责人审签')
  await office.attach('扫描件', '审签单.txt', '主要负责人审签单')
  for (const [label, value] of [['签批人', nameOf('principal')], ['纸上日期', dayAfter(0)], ['纸上意见', '同意']] as const) await office.write(label, value)
  await look(office, 'paper')
  await office.finish()
  await office.page.locator('.side', { hasText: '待另一人核对' }).waitFor()
  expect(await office.page.locator('.side button', { hasText: '核对' }).count()).toBe(0)

  const comparer = await as('reviewer3')
  await comparer.open('细化问题', approval)
  await comparer.page.locator('.side button', { hasText: '核对' }).click()
  await look(comparer, 'compare')
  await comparer.page.locator('dialog button', { hasText: '一致，确认' }).click()
  await comparer.state('整改办复核')
  await comparer.page.locator('.timeline', { hasText: '纸签' }).waitFor()
})

it('two reviewers strike off, each once; the problem itself is closed', async () => {
  const reviewer = await as('reviewer')
  for (const finding of [posted, approval]) {
    await reviewer.open('细化问题', finding)
    await reviewer.act('复核销号')
    await reviewer.page.locator('.side', { hasText: '已签 1，需 2' }).waitFor()
    expect(await reviewer.button('复核销号').count()).toBe(0)
    const second = await as('reviewer2')
    await second.open('细化问题', finding)
    await second.act('复核销号')
    await second.state('已销号')
    await look(second, 'struck-off')
  }

  reviewer.visit.expectRefusal('422 /api/v1/registers/source_finding')
  await reviewer.open('反馈问题', canteen)
  await reviewer.begin('销号')
  await reviewer.refused('还有')
  await reviewer.leave()
  await reviewer.open('反馈问题', fees)
  await reviewer.act('销号')
  await reviewer.state('本单位已销号')
})

it('looked at again, it seems to have come back; the head of the office decides, and it is reopened', async () => {
  const visitor = await as('reviewer3')
  await visitor.open('回头看', approval)
  await look(visitor, 'look-back')
  await visitor.act('发现疑似反弹', { 核查情况: '本月有一次采购没有会签' })
  await visitor.state('疑似反弹')

  const chief = await as('chief')
  await chief.open('反弹核查', approval)
  chief.visit.expectRefusal('422 /api/v1/registers/relapse_case')
  await chief.begin('认定属实并重新整改')
  await chief.write('核查结论及理由', '确有一次未会签')
  await chief.write('重新整改时限', dayAfter(-2))
  await chief.refused('时限')
  await chief.write('重新整改时限', dayAfter(25))
  await look(chief, 'relapse')
  await chief.finish()
  await chief.state('属实')

  await chief.open('细化问题', approval)
  await chief.state('整改中')
  await chief.page.locator('.fields', { hasText: '首次时限' }).getByText(dayAfter(40)).first().waitFor()
  await chief.page.locator('.side a', { hasText: '反弹' }).first().waitFor()
  await chief.open('反馈问题', fees)
  await chief.state('整改中')
  await chief.ledger('督办单')
  await chief.page.locator('[role=gridcell]', { hasText: '拟稿' }).first().waitFor()
})

it('every number is told in the cockpit, and the browser verifies the whole history', async () => {
  const office = await as('office')
  await office.open('细化问题', approval)
  const number = await office.number()
  await office.page.locator('nav .link', { hasText: '留痕核验' }).click()
  await office.page.locator('[data-check=signature][data-passed=true]').waitFor()
  await office.write('台账', '细化问题')
  await office.write('编号', number)
  await look(office, 'journal')
  await office.page.locator('main button', { hasText: /^核验$/ }).click()
  await office.page.locator('[data-verdict]', { hasText: '核验通过' }).waitFor()
  expect(await office.page.locator('[data-passed=false]').count()).toBe(0)
  expect(await office.page.locator('[data-check=inclusion][data-passed=true]').count()).toBeGreaterThan(10)
  await look(office, 'proof')

  expect(cast.size).toBeGreaterThan(8)
  for (const hands of cast.values()) hands.visit.expectNothingWrong()
})
