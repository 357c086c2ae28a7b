import { effectScope } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { hearKey, isTyping, useKeys } from './keyboard'

const scopes: ReturnType<typeof effectScope>[] = []

function bind(keys: string, typing = false) {
  const run = vi.fn()
  const scope = effectScope()
  scopes.push(scope)
  scope.run(() => useKeys('ui.keys', [{ keys, says: 'ui.keys', run, typing }]))
  return run
}

function press(key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...init })
  hearKey(event)
  return event
}

afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
  press('Escape')
  document.body.innerHTML = ''
})

describe('keys', () => {
  it('run what is bound, and no longer when its screen is gone', () => {
    const run = bind('j')
    expect(press('j').defaultPrevented).toBe(true)
    scopes.splice(0).forEach((scope) => scope.stop())
    expect(press('j').defaultPrevented).toBe(false)
    expect(run).toHaveBeenCalledOnce()
  })

  it('leave Enter to the button that has the focus', () => {
    const run = bind('Enter')
    const button = document.body.appendChild(document.createElement('button'))
    button.addEventListener('keydown', hearKey)
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }))
    expect(run).not.toHaveBeenCalled()
    press('Enter')
    expect(run).toHaveBeenCalledOnce()
  })

  it('follow one another in a sequence', () => {
    const run = bind('g r')
    press('r')
    expect(run).not.toHaveBeenCalled()
    press('g')
    press('r')
    expect(run).toHaveBeenCalledOnce()
  })

  it('give up a sequence that another key breaks, and run that key', () => {
    const go = bind('g r')
    const next = bind('j')
    press('g')
    press('j')
    press('r')
    expect(next).toHaveBeenCalledOnce()
    expect(go).not.toHaveBeenCalled()
  })

  it('leave what the browser has: control, an input method, an open dialog', () => {
    const run = bind('j')
    press('j', { ctrlKey: true })
    press('j', { isComposing: true })
    document.body.innerHTML = '<dialog open></dialog>'
    press('j')
    expect(run).not.toHaveBeenCalled()
  })

  it('know a field in which somebody types', () => {
    document.body.innerHTML = '<input id="a"><input id="b" type="checkbox"><button id="c"></button>'
    const typing = ['a', 'b', 'c'].map((id) => isTyping(document.getElementById(id)))
    expect(typing).toEqual([true, false, false])
  })
})
