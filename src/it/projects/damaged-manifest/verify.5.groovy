new File(homes, 'shared/snapshots/damaged-manifest').deleteDir()
return true
