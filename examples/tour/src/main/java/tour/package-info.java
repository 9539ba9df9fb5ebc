/** A tour of dataspaces in one small program. */
package tour;
