/** What decides where a node stands: never its state, so that a state change moves nothing. */
export interface GraphStructure {
  nodes: { id: string; width: number; height: number }[];
  edges: { from: string; to: string }[];
  direction: 'LR' | 'TB';
}

export interface Spot {
  x: number;
  y: number;
}

export interface GraphLayout {
  positions: Record<string, Spot>;
  /** Where a line that passes other nodes bends around them, by {@link edgeId}. */
  bends: Record<string, Spot[]>;
  width: number;
  height: number;
}

export function edgeId(edge: { from: string; to: string }): string {
  return `${edge.from}>${edge.to}`;
}

/** The same text for the same structure, whatever order nodes and edges come in. */
export function structureKey(structure: GraphStructure): string {
  const nodes = structure.nodes.map((node) => `${node.id} ${node.width}x${node.height}`).sort();
  const edges = structure.edges.map(edgeId).sort();
  return JSON.stringify([structure.direction, nodes, [...new Set(edges)]]);
}
