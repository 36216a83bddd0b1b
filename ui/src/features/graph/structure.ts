/** What decides where a node stands: never its state, so that a state change moves nothing. */
export interface GraphStructure {
  nodes: { id: string; width: number; height: number }[];
  edges: { from: string; to: string }[];
  direction: 'LR' | 'TB';
}

export interface GraphLayout {
  positions: Record<string, { x: number; y: number }>;
  width: number;
  height: number;
}

/** The same text for the same structure, whatever order nodes and edges come in. */
export function structureKey(structure: GraphStructure): string {
  const nodes = structure.nodes.map((node) => `${node.id} ${node.width}x${node.height}`).sort();
  const edges = structure.edges.map((edge) => `${edge.from}>${edge.to}`).sort();
  return JSON.stringify([structure.direction, nodes, [...new Set(edges)]]);
}
