import { describe, expect, it } from 'vitest';
import { computeLayout } from './layout';
import { LayoutCache } from './layoutCache';
import { type GraphLayout, type GraphStructure, structureKey } from './structure';

const node = (id: string) => ({ id, width: 100, height: 40 });
const diamond: GraphStructure = {
  nodes: ['a', 'b', 'c', 'd'].map(node),
  edges: [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
    { from: 'b', to: 'd' },
    { from: 'c', to: 'd' },
  ],
  direction: 'LR',
};

describe('the layout', () => {
  it('puts what comes later further along, and nothing on top of another', () => {
    const { positions } = computeLayout(diamond);
    expect(positions.a?.x).toBeLessThan(positions.b?.x ?? 0);
    expect(positions.b?.x).toBeLessThan(positions.d?.x ?? 0);
    expect(Math.abs((positions.b?.y ?? 0) - (positions.c?.y ?? 0))).toBeGreaterThanOrEqual(40);
  });

  it('bends a line around the boxes it passes', () => {
    const { bends } = computeLayout({ ...diamond, edges: [...diamond.edges, { from: 'a', to: 'd' }] });
    expect(bends['a>d']?.length).toBeGreaterThan(0);
    expect(bends['a>b']).toBeUndefined();
  });

  it('leaves out edges to nodes that are not there', () => {
    expect(() => computeLayout({ ...diamond, edges: [{ from: 'a', to: 'gone' }] })).not.toThrow();
  });
});

describe('the layout cache', () => {
  const empty: GraphLayout = { positions: {}, bends: {}, width: 0, height: 0 };

  it('knows a structure whatever order its parts come in, but not with another size or direction', () => {
    const shuffled = { ...diamond, nodes: diamond.nodes.toReversed(), edges: diamond.edges.toReversed() };
    expect(structureKey(shuffled)).toBe(structureKey(diamond));
    expect(structureKey({ ...diamond, direction: 'TB' })).not.toBe(structureKey(diamond));
    expect(structureKey({ ...diamond, edges: [] })).not.toBe(structureKey(diamond));
  });

  it('computes once for those who ask at the same time and those who ask later', async () => {
    let computed = 0;
    const cache = new LayoutCache(async () => {
      computed += 1;
      return { ...empty };
    });
    const [first, second] = await Promise.all([
      cache.get(diamond),
      cache.get({ ...diamond, nodes: [...diamond.nodes] }),
    ]);
    expect(await cache.get(diamond)).toBe(first);
    expect(second).toBe(first);
    expect(cache.peek(diamond)).toBe(first);
    expect(computed).toBe(1);
  });

  it('tries again after a failure and forgets what was not asked for longest', async () => {
    let fail = true;
    const cache = new LayoutCache(async () => {
      if (fail) throw new Error('no worker');
      return { ...empty };
    }, 1);
    await expect(cache.get(diamond)).rejects.toThrow('no worker');
    fail = false;
    await cache.get(diamond);
    await cache.get({ ...diamond, direction: 'TB' });
    expect(cache.peek(diamond)).toBeUndefined();
  });
});
