// What the page takes from sigma and graphology; everything else is left out of the bundle.
export { Sigma } from "sigma";
export { EdgeLineProgram, EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
export { MultiGraph } from "graphology";
