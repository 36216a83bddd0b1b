import { type GraphLayout, type GraphStructure, structureKey } from './structure';

type Compute = (structure: GraphStructure) => Promise<GraphLayout>;

/** Remembers layouts by structure. Two questions for the same graph at the same time are one computation. */
export class LayoutCache {
  private readonly pending = new Map<string, Promise<GraphLayout>>();
  private readonly ready = new Map<string, GraphLayout>();

  constructor(
    private readonly compute: Compute,
    private readonly capacity = 50,
  ) {}

  /** The layout if it is there already, so that a graph seen before is drawn at once. */
  peek(structure: GraphStructure): GraphLayout | undefined {
    return this.ready.get(structureKey(structure));
  }

  get(structure: GraphStructure): Promise<GraphLayout> {
    const key = structureKey(structure);
    const found = this.ready.get(key);
    if (found) {
      this.keep(key, found);
      return Promise.resolve(found);
    }
    const underWay = this.pending.get(key);
    if (underWay) return underWay;
    const computing = this.compute(structure)
      .then((layout) => {
        this.keep(key, layout);
        return layout;
      })
      .finally(() => this.pending.delete(key));
    this.pending.set(key, computing);
    return computing;
  }

  /** Puts it last in line for being forgotten. */
  private keep(key: string, layout: GraphLayout): void {
    this.ready.delete(key);
    this.ready.set(key, layout);
    if (this.ready.size > this.capacity) {
      const oldest = this.ready.keys().next().value;
      if (oldest !== undefined) this.ready.delete(oldest);
    }
  }
}
