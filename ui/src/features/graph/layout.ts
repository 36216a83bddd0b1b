import { layout as dagreLayout, Graph } from '@dagrejs/dagre';
import { edgeId, type GraphLayout, type GraphStructure, type Spot } from './structure';

/** Layered layout with dagre. Costs seconds for a thousand nodes, so it runs in a worker. */
export function computeLayout(structure: GraphStructure): GraphLayout {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({
    rankdir: structure.direction,
    nodesep: 18,
    edgesep: 34,
    ranksep: structure.direction === 'LR' ? 36 : 26,
    marginx: 8,
    marginy: 8,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const sorted = structure.nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const node of sorted) graph.setNode(node.id, { width: node.width, height: node.height });
  const known = new Set(structure.nodes.map((node) => node.id));
  for (const edge of structure.edges) {
    if (known.has(edge.from) && known.has(edge.to) && edge.from !== edge.to) graph.setEdge(edge.from, edge.to);
  }
  dagreLayout(graph);
  const positions: GraphLayout['positions'] = {};
  let width = 0;
  let height = 0;
  for (const node of structure.nodes) {
    const placed = graph.node(node.id) as { x: number; y: number };
    positions[node.id] = { x: placed.x - node.width / 2, y: placed.y - node.height / 2 };
    width = Math.max(width, placed.x + node.width / 2 + 8);
    height = Math.max(height, placed.y + node.height / 2 + 8);
  }
  return { positions, bends: bends(graph), width, height };
}

/** A line between neighbouring ranks is straight enough; only longer ones have bends worth keeping. */
function bends(graph: Graph): Record<string, Spot[]> {
  const found: Record<string, Spot[]> = {};
  for (const edge of graph.edges()) {
    const { points = [] } = graph.edge(edge) as { points?: Spot[] };
    if (points.length > 3)
      found[edgeId({ from: edge.v, to: edge.w })] = points.slice(1, -1).map(({ x, y }) => ({ x, y }));
  }
  return found;
}
