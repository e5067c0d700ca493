// Imports a package from the node_modules of the folder above. `./dev drift` puts a copy beside other versions.

export default (name) => import(name);
