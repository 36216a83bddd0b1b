/** Tests on files of this machine, on a real HDFS and on one behind a real key distribution centre. */
package io.tidegate.storage.hadoop;
